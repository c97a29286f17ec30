//! `cargo xtask sandbox`: the local stand-in for the API, as a process of its own.

use anyhow::Result;

use crate::report::Outcome;
use crate::run::cargo;

/// Run the local sandbox of the API until it is interrupted.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The port to listen on, if not 4242; 0 for a free one
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Further arguments of the sandbox
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    others: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--package",
        "stripe-financial-connections-sandbox",
        "--",
    ]);
    if let Some(port) = arguments.port {
        command.args(["--port", &port.to_string()]);
    }
    let status = command.args(&arguments.others).status()?;
    Ok(if status.success() {
        Outcome::Done
    } else {
        Outcome::Different
    })
}
