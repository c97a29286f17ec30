//! A successful response, before it is decoded.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{Error, decode_error};
use crate::options::IdempotencyKey;
use crate::protocol::Operation;

/// A successful response, before it is decoded.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

impl Answer {
    /// The error of a body that did not decode.
    pub(super) fn decode_error(&self, failure: &serde_json::Error) -> Error {
        self.describe(decode_error(failure, &self.body))
    }

    /// Adds what is known of this response to an error that was found in it.
    pub(crate) fn describe(&self, error: Error) -> Error {
        error.with(|inner| {
            inner.operation = Some(self.operation.name);
            inner.status = Some(self.status);
            inner.headers = self.headers.clone();
            inner.keep_body(&self.body);
            inner.idempotency_key = self.idempotency_key.clone();
            inner.attempts = self.attempts;
            inner.maybe_executed = true;
        })
    }
}
