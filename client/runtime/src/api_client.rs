//! What the clients of all crates have in common.

use crate::client::Client;
use crate::protocol::Method;
use crate::raw_request::RawRequest;
use crate::sealed::Sealed;

/// A client of any part of the API: that of a generated crate, or the shared one.
///
/// Implemented by generated code; nobody else can.
pub trait ApiClient: Sealed {
    /// A request to any path, sent as one of this client's crate.
    fn raw(&self, method: Method, path: &str) -> RawRequest;
}

impl Sealed for Client {}

impl ApiClient for Client {
    fn raw(&self, method: Method, path: &str) -> RawRequest {
        Self::raw(self, method, path)
    }
}
