//! The arguments of the program.

use std::net::IpAddr;
use std::path::PathBuf;

/// A stateful local stand-in for Stripe's Financial Connections API.
#[derive(Clone, Debug, PartialEq, Eq, clap::Parser)]
#[command(name = "stripe-financial-connections-sandbox", version)]
#[non_exhaustive]
pub struct Options {
    /// The port to listen on; 0 for a free one
    #[arg(long, default_value_t = 4242)]
    pub port: u16,
    /// The address to listen on; other machines reach one that is not a loopback address
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Draw ids, names and amounts from this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Read settings from this file: TOML, or JSON if its name ends in .json
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Accept this key and no other, instead of every well-formed test key
    #[arg(long)]
    pub key: Option<String>,
    /// Add this many accounts to the ones that it starts with
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub accounts: usize,
    /// Start with the state of this file
    #[arg(long, value_name = "STATE")]
    pub load: Option<PathBuf>,
    /// Write the state to this file at the end
    #[arg(long, value_name = "STATE")]
    pub save: Option<PathBuf>,
    /// Deliver every event to this address, and print one line for each delivery; may be repeated
    #[arg(long, value_name = "URL")]
    pub forward_to: Vec<String>,
    /// Deliver to addresses whose certificate is anybody's, such as one of their own
    #[arg(long)]
    pub skip_verify: bool,
    /// Answer to this name as well, besides localhost; may be repeated
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// Answer web pages of this origin as well, besides those of localhost; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<String>,
    /// Stop the clock, at this time in seconds since 1970 if it is given, until the control surface
    /// moves it
    #[arg(long, value_name = "TIME", num_args = 0..=1, default_missing_value = "1790812800")]
    pub frozen: Option<i64>,
}
