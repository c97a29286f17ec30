//! The client, and how one is made.

mod builder;
mod http_client;
mod shared;

pub use builder::ClientBuilder;
pub use shared::Client;
