//! A successful answer.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::options::IdempotencyKey;
use crate::protocol::headers;
use crate::transport::{Answer, Decoded, Executed, Pending, Received};

/// What an operation answered, and how: use it like the value itself.
///
/// `Debug` shows the value as the value shows itself, without what is personal, and leaves out the
/// headers and the body.
pub struct Response<T> {
    value: T,
    answer: Answer,
}

impl<T> Response<T> {
    /// A value, and the answer that it was found in.
    pub(super) fn with(value: T, answer: Answer) -> Self {
        Self { value, answer }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same response with a value that is made of its own.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: make(self.value),
            answer: self.answer,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.answer.status.as_u16()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The vendor's id of the request.
    pub fn request_id(&self) -> Option<&str> {
        headers::request_id(&self.answer.headers)
    }

    /// The idempotency key that was sent: a GET and a DELETE have none.
    pub fn idempotency_key(&self) -> Option<&IdempotencyKey> {
        self.answer.idempotency_key.as_ref()
    }

    /// Whether this is the stored answer to an earlier request with the same idempotency key.
    pub fn is_replayed(&self) -> bool {
        headers::is_replayed(&self.answer.headers)
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.answer.attempts
    }

    /// How long it took, with all attempts and the pauses between them.
    pub fn elapsed(&self) -> Duration {
        self.answer.elapsed
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.answer.body
    }

    /// Adds to an error what is known of the answer in which it was found.
    pub(crate) fn describe(&self, error: Error) -> Error {
        self.answer.describe(error)
    }

    /// The request that this answers.
    pub(crate) fn request(&self) -> Executed {
        Executed {
            operation: self.answer.operation.name,
            idempotency_key: self.answer.idempotency_key.clone(),
            attempts: self.answer.attempts,
        }
    }
}

impl<T: DeserializeOwned> Response<T> {
    /// Decodes a response; if its body is cut short, the request goes on.
    pub(crate) fn decode(received: Received) -> Result<Result<Self, Error>, Pending> {
        match received.decode() {
            Decoded::Value(value, answer) => Ok(Ok(Self { value, answer })),
            Decoded::Failed(error) => Ok(Err(error)),
            Decoded::Again(pending) => Err(pending),
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status())
            .field("attempts", &self.attempts())
            .field("elapsed", &self.elapsed())
            .finish_non_exhaustive()
    }
}
