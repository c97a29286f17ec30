//! What the tests drive clients and sandboxes with.

pub(crate) mod http;
pub(crate) mod script_server;
