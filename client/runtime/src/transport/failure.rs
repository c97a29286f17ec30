//! The error that the last attempt of a request gives.

use super::attempt::Outcome;
use crate::error::{ApiError, Class, Error, Kind};
use crate::retry::Fault;

/// What the last attempt says of the request.
pub(super) fn failure(outcome: Outcome) -> Error {
    let status = outcome.status.map(|status| status.as_u16());
    let body = outcome.body.into_bytes();
    let api = ApiError::from_body(&body);
    let (kind, detail) = match (status, outcome.fault) {
        // An error status says more than the reason why its body is not whole.
        (Some(status @ 400..), _) => {
            let class = Class::of(status, api.as_ref());
            (Kind::Api(class), class.description())
        }
        (Some(300..=399), _) => (
            Kind::Redirect,
            "the answer is a redirect, which is not followed",
        ),
        (_, Some(Fault::Connect)) => (Kind::Connect, "no connection to the server"),
        (_, Some(Fault::Certificate)) => (
            Kind::Certificate,
            "the server's certificate was refused, or it does not speak TLS",
        ),
        (_, Some(Fault::Timeout)) => (Kind::Timeout, "the time ran out"),
        (_, Some(Fault::Interrupted) | None) => (Kind::Interrupted, "the connection broke"),
        (_, Some(Fault::TooLarge)) => (Kind::TooLarge, "the answer is longer than the limit"),
        (_, Some(Fault::Address)) => (Kind::Usage, "the HTTP client refuses the address"),
    };
    Error::new(kind, detail).with(|inner| {
        inner.status = outcome.status;
        inner.headers = outcome.headers;
        inner.keep_body(&body);
        inner.api = api;
        inner.source = outcome.cause.map(Into::into);
    })
}
