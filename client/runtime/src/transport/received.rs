//! A successful response together with its request, which goes on if the body turns out to be cut short.

use std::future::Future;
use std::pin::Pin;

use serde::de::DeserializeOwned;
use tracing::Instrument;

use super::answer::Answer;
use super::attempt::Outcome;
use super::execute::Execution;
use super::trace;
use crate::error::Error;
use crate::json::{decode, ends_early};
use crate::retry::Fault;

/// A request on its way.
///
/// It is one type for all operations: only decoding differs between them, and the rest of the
/// client is compiled once.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Result<Received, Error>> + Send>>;

/// A response with a success status that was read to its end, as far as the connection tells.
///
/// Only decoding shows whether the body is whole, and only the caller knows the type.
pub(crate) struct Received {
    answer: Answer,
    execution: Box<Execution>,
}

/// What decoding gave.
pub(crate) enum Decoded<T> {
    Value(T, Answer),
    /// The body is cut short: the request goes on.
    Again(Pending),
    Failed(Error),
}

impl Received {
    pub(super) fn new((answer, execution): (Answer, Box<Execution>)) -> Self {
        Self { answer, execution }
    }

    pub(crate) fn decode<T: DeserializeOwned>(self) -> Decoded<T> {
        match decode(&self.answer.body) {
            Ok(value) => Decoded::Value(value, self.succeed()),
            Err(failure) if self.is_cut(&failure) => Decoded::Again(self.interrupted()),
            Err(failure) => {
                let error = self.answer.decode_error(&failure);
                Decoded::Failed(self.execution.describe(error, self.answer.elapsed))
            }
        }
    }

    /// The response of a request whose body is not decoded: it is whole if the connection says so.
    pub(crate) fn whole(self) -> Answer {
        self.succeed()
    }

    fn succeed(self) -> Answer {
        let Self { answer, execution } = self;
        execution.deposit();
        trace::succeeded(execution.span(), &answer);
        answer
    }

    /// Whether the body ends within a JSON value. One that is empty does so too, unless the server says
    /// that it is.
    fn is_cut(&self, failure: &serde_json::Error) -> bool {
        let says_empty = || {
            let length = self.answer.headers.get(http::header::CONTENT_LENGTH);
            length.is_some_and(|length| length == "0")
        };
        if self.answer.body.is_empty() {
            return !says_empty();
        }
        failure.is_eof() || (failure.is_syntax() && ends_early(&self.answer.body))
    }

    fn interrupted(self) -> Pending {
        let Self { answer, execution } = self;
        let outcome = Outcome {
            status: Some(answer.status),
            headers: answer.headers,
            body: answer.body.into(),
            fault: Some(Fault::Interrupted),
            ..Outcome::default()
        };
        let span = execution.span().clone();
        let work = async move { execution.resume(outcome).await.map(Self::new) };
        Box::pin(work.instrument(span))
    }
}
