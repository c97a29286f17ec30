//! Request execution: the retry loop.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderMap;

use super::answer::Answer;
use super::attempt::{Outcome, attempt};
use super::trace;
use crate::client::Client;
use crate::error::{ApiError, Class, Error, Kind};
use crate::options::IdempotencyKey;
use crate::protocol::Operation;
use crate::retry::{self, Decision, Facts, Fault, backoff};
use crate::system::within;

/// A request that is ready to be sent, any number of times.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) http: reqwest::Client,
    pub(super) url: reqwest::Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) idempotency_key: Option<IdempotencyKey>,
    pub(super) timeout: Duration,
    pub(super) deadline: Duration,
    pub(super) max_retries: u32,
}

/// Sends the request until it succeeds, or until [`retry::decide`] says to stop.
pub(super) async fn execute(client: Client, prepared: Prepared) -> Result<Answer, Error> {
    let shared = client.shared();
    let clock = &*shared.clock;
    let started = clock.now();
    let deadline = started.checked_add(prepared.deadline);
    let mut attempts = 0;
    let mut maybe_executed = false;
    loop {
        let begun = clock.now();
        let outcome = one(&client, &prepared, begun, deadline).await;
        attempts += 1;
        maybe_executed |= outcome.maybe_executed();
        let now = clock.now();
        trace::attempt(&outcome, attempts, now.saturating_duration_since(begun));

        let elapsed = now.saturating_duration_since(started);
        if outcome.is_success() {
            shared.budget.deposit();
            trace::succeeded(&outcome, attempts, elapsed);
            return Ok(Answer {
                operation: prepared.operation,
                status: outcome.status.unwrap_or_default(),
                headers: outcome.headers,
                body: outcome.body,
                idempotency_key: prepared.idempotency_key,
                attempts,
                elapsed,
            });
        }

        let retry_after = retry::retry_after(&outcome.headers, clock.system_time());
        let decision = retry::decide(&Facts {
            status: outcome.status.map(|status| status.as_u16()),
            fault: outcome.fault,
            should_retry: retry::should_retry(&outcome.headers),
            retry_after,
            retries: attempts - 1,
            max_retries: prepared.max_retries,
            pause: backoff::pause(attempts - 1, &*shared.random),
            left: deadline.map(|deadline| deadline.saturating_duration_since(now)),
        });
        match decision {
            Decision::Retry { after } if shared.budget.withdraw() => {
                trace::retry(after);
                clock.sleep(after).await;
            }
            _ => {
                let error = failure(outcome).with(|inner| {
                    inner.operation = Some(prepared.operation.name);
                    inner.idempotency_key = prepared.idempotency_key;
                    inner.attempts = attempts;
                    inner.maybe_executed = maybe_executed;
                    inner.retry_after = retry_after;
                });
                trace::failed(&error, attempts, elapsed);
                return Err(error);
            }
        }
    }
}

/// One attempt, within its own time-out and the deadline of the whole.
async fn one(
    client: &Client,
    prepared: &Prepared,
    begun: Instant,
    deadline: Option<Instant>,
) -> Outcome {
    let mut request =
        reqwest::Request::new(prepared.operation.method.to_http(), prepared.url.clone());
    *request.headers_mut() = prepared.headers.clone();
    *request.body_mut() = prepared.body.clone().map(reqwest::Body::from);

    let mut outcome = Outcome::default();
    let work = attempt(
        &prepared.http,
        request,
        client.shared().max_body,
        &mut outcome,
    );
    let limit = [begun.checked_add(prepared.timeout), deadline]
        .into_iter()
        .flatten()
        .min();
    let in_time = match limit {
        Some(limit) => within(client.shared().clock.until(limit), work)
            .await
            .is_some(),
        // A duration that long means none.
        None => {
            work.await;
            true
        }
    };
    if !in_time {
        outcome.fault = Some(Fault::Timeout);
    }
    outcome
}

/// What the last attempt says of the request.
fn failure(outcome: Outcome) -> Error {
    let status = outcome.status.map(|status| status.as_u16());
    let api = ApiError::from_body(&outcome.body);
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
        inner.keep_body(&outcome.body);
        inner.api = api;
        inner.source = outcome.cause.map(Into::into);
    })
}
