//! What a request leaves in logs and traces, by the attribute names of OpenTelemetry.
//!
//! Each request is a span, each attempt and each pause an event in it. They hold what an operator
//! needs and nothing that could be secret or personal: the template of the path instead of the path,
//! no parameters, no headers but the request id, no bodies, no idempotency keys. Nothing here takes
//! such a value, so that no level shows one.

use std::time::Duration;

use tracing::field::{Empty, display};
use tracing::{Span, debug, info_span, warn};

use super::answer::Answer;
use super::attempt::Outcome;
use crate::error::{Error, Plain};
use crate::protocol::{BaseUrl, Operation, headers};
use crate::retry::Fault;

/// The span of one request. Its fields are filled in when it ends.
pub(crate) fn request(operation: &Operation, base: &BaseUrl) -> Span {
    info_span!(
        "stripe.request",
        "otel.kind" = "client",
        "stripe.operation" = operation.name,
        "http.request.method" = operation.method.as_str(),
        "url.template" = operation.path,
        "server.address" = base.host,
        "server.port" = base.port,
        "http.response.status_code" = Empty,
        "http.request.resend_count" = Empty,
        "stripe.request_id" = Empty,
        "error.type" = Empty,
        "duration_ms" = Empty,
    )
}

pub(crate) fn attempt(outcome: &Outcome, attempt: u32, duration: Duration) {
    debug!(
        "http.request.resend_count" = attempt - 1,
        "http.response.status_code" = outcome.status.map(|status| status.as_u16()),
        "http.response.body.size" = outcome.body.len(),
        "stripe.request_id" = headers::request_id(&outcome.headers).map(|id| display(Plain(id))),
        "error.type" = outcome.fault.map(Fault::name),
        duration_ms = milliseconds(duration),
        "attempt ended",
    );
}

pub(crate) fn retry(after: Duration) {
    debug!(pause_ms = milliseconds(after), "trying again");
}

pub(crate) fn repeat() {
    debug!("the connection had been closed, repeating at once");
}

pub(crate) fn budget_empty() {
    warn!("the retry budget is empty, not trying again");
}

pub(crate) fn succeeded(span: &Span, answer: &Answer) {
    ended(
        span,
        Some(answer.status.as_u16()),
        answer.attempts,
        answer.elapsed,
    );
    if let Some(id) = headers::request_id(&answer.headers) {
        span.record("stripe.request_id", display(Plain(id)));
    }
}

pub(crate) fn failed(error: &Error, attempts: u32, elapsed: Duration) {
    let span = Span::current();
    ended(&span, error.status(), attempts, elapsed);
    span.record("error.type", error.kind_name());
    if let Some(id) = error.request_id() {
        span.record("stripe.request_id", display(Plain(id)));
    }
    debug!(error = display(error), "request failed");
}

fn ended(span: &Span, status: Option<u16>, attempts: u32, elapsed: Duration) {
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    span.record("http.request.resend_count", attempts.saturating_sub(1));
    span.record("duration_ms", milliseconds(elapsed));
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
