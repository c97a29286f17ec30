//! A request that has been answered, for errors that come after it.

use crate::error::{Error, Kind};
use crate::options::IdempotencyKey;

/// What errors tell of a request that was executed, whatever fails afterwards.
#[derive(Debug)]
pub(crate) struct Executed {
    pub(crate) operation: &'static str,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) attempts: u32,
}

impl Executed {
    /// Makes the error one of this request.
    pub(crate) fn own(&self, error: Error) -> Error {
        error.with(|inner| {
            inner.operation = Some(self.operation);
            inner.idempotency_key = self.idempotency_key.clone();
            inner.attempts = self.attempts;
            inner.maybe_executed = true;
        })
    }

    /// The error of this request when polling its object failed. It is of the same kind, with the
    /// response of the poll, and has the failure of the poll as its source.
    pub(crate) fn poll_failed(&self, failure: Error) -> Error {
        let kind = match failure.kind() {
            // The caller wrote nothing of the poll: what cannot be sent came with the response.
            Kind::Usage => Kind::Decode,
            kind => kind,
        };
        let detail = "the request was executed, but polling its object failed";
        let error = Error::new(kind, detail).with(|inner| inner.tell_of(&failure));
        self.own(error.with(|inner| inner.source = Some(Box::new(failure))))
    }
}
