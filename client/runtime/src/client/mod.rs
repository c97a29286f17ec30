//! The client, and how one is made.

mod builder;
mod connections;
mod history;
mod http_client;
mod shared;

pub use builder::ClientBuilder;
pub(crate) use connections::{Connections, Pool};
pub(crate) use history::Reused;
pub use shared::Client;
