//! From the bytes of an answer to a value, or to the name of the field that stands in the way.

use serde::de::DeserializeOwned;

use crate::error::{DecodeCause, Error, Kind};
use crate::exchange::Answer;
use crate::json_path;

/// Reads a value. Success costs nothing for the sake of failure.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(body)
}

/// The error of a body that did not decode, within it.
pub(crate) fn error(failure: &serde_json::Error, body: &[u8]) -> Error {
    let path = failure
        .is_data()
        .then(|| json_path::at(body, failure.line(), failure.column()));
    let detail = match path {
        Some(_) => "the answer is not what this operation answers",
        None => "the answer is not JSON",
    };
    Error::new(Kind::Decode, detail).with(|inner| {
        inner.path = path;
        inner.source = Some(Box::new(DecodeCause::new(failure)));
    })
}

/// The error of an answer that did not decode.
pub(crate) fn failed(failure: &serde_json::Error, answer: &Answer) -> Error {
    describe(error(failure, &answer.body), answer)
}

/// Adds what is known of the answer in which an error was found.
pub(crate) fn describe(error: Error, answer: &Answer) -> Error {
    error.with(|inner| {
        inner.operation = Some(answer.operation.name);
        inner.status = Some(answer.status);
        inner.headers = answer.headers.clone();
        inner.keep_body(&answer.body);
        inner.idempotency_key = answer.idempotency_key.clone();
        inner.attempts = answer.attempts;
        inner.maybe_executed = true;
    })
}
