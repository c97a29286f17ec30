//! The client, and how one is made.

mod builder;
mod connections;
mod connects;
mod http_client;
mod shared;

pub use builder::ClientBuilder;
pub(crate) use connections::{Connections, Pool};
pub use shared::Client;
