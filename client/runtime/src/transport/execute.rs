//! Request execution: the retry loop.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tracing::Span;

use super::answer::Answer;
use super::attempt::{Outcome, attempt};
use super::failure::failure;
use super::trace;
use crate::client::{Client, Connections, Pool, Reused};
use crate::error::{ApiError, Class, Error};
use crate::json::ends_early;
use crate::limit::{Lane, Limiter, Slot};
use crate::options::IdempotencyKey;
use crate::protocol::{Operation, headers};
use crate::retry::{self, Decision, Facts, Fault, Reserved, backoff};
use crate::system::within;

/// A request that is ready to be sent, any number of times.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) url: reqwest::Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) idempotency_key: Option<IdempotencyKey>,
    pub(super) timeout: Duration,
    pub(super) deadline: Duration,
    pub(super) max_retries: u32,
    /// Whether the caller's thread is blocked meanwhile.
    #[cfg(feature = "blocking")]
    pub(super) blocking: bool,
}

/// A request that is sent until it succeeds, or until [`retry::decide`] says to stop.
pub(super) struct Execution {
    client: Client,
    prepared: Prepared,
    span: Span,
    started: Instant,
    deadline: Option<Instant>,
    /// How often the request was sent.
    attempts: u32,
    /// How often it was sent because it had failed.
    retries: u32,
    /// The stale connection because of which the next attempt repeats the last one.
    repeats: Option<Reused>,
    has_repeated: bool,
    maybe_executed: bool,
}

impl Execution {
    /// It is boxed, since it moves along with each response.
    pub(super) fn new(client: Client, prepared: Prepared, span: Span) -> Box<Self> {
        let started = client.shared().clock.now();
        Box::new(Self {
            deadline: started.checked_add(prepared.deadline),
            client,
            prepared,
            span,
            started,
            attempts: 0,
            retries: 0,
            repeats: None,
            has_repeated: false,
            maybe_executed: false,
        })
    }

    /// The first response with a success status, with the request in case that it was no success.
    pub(super) async fn run(mut self: Box<Self>) -> Result<(Answer, Box<Self>), Error> {
        loop {
            let limiter = self.client.shared().limiter.clone();
            let slot = match &limiter {
                None => None,
                // Boxed, so that a request without limits has no room for the wait.
                Some(limiter) => Some(Box::pin(self.slot(limiter)).await?),
            };
            let outcome = self.attempt().await;
            if let Some(slot) = slot {
                inform(&slot, &outcome, self.client.shared().clock.now());
            }
            if outcome.is_success() {
                return Ok((self.answer(outcome), self));
            }
            self.go_on(outcome).await?;
        }
    }

    /// Goes on after a response that was no success after all.
    pub(super) async fn resume(
        mut self: Box<Self>,
        outcome: Outcome,
    ) -> Result<(Answer, Box<Self>), Error> {
        self.go_on(outcome).await?;
        self.run().await
    }

    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// The request has succeeded.
    pub(super) fn deposit(&self) {
        let budgets = &self.client.shared().budgets;
        budgets.deposit(self.prepared.operation);
    }

    /// The error of a response that did not decode.
    pub(super) fn describe(&self, error: Error, elapsed: Duration) -> Error {
        self.span
            .in_scope(|| trace::failed(&error, self.attempts, elapsed));
        error
    }

    fn answer(&self, outcome: Outcome) -> Answer {
        Answer {
            operation: self.prepared.operation,
            status: outcome.status.unwrap_or_default(),
            headers: outcome.headers,
            body: outcome.body.into_bytes(),
            idempotency_key: self.prepared.idempotency_key.clone(),
            attempts: self.attempts,
            elapsed: self.elapsed(),
        }
    }

    /// Waits until the limits of the client let an attempt begin.
    async fn slot<'a>(&self, limiter: &'a Limiter) -> Result<Slot<'a>, Error> {
        let shared = self.client.shared();
        let slot = limiter.slot(self.lane(), &*shared.clock);
        let slot = match self.deadline {
            Some(deadline) => within(shared.clock.until(deadline), slot).await,
            None => Some(slot.await),
        };
        slot.ok_or_else(|| {
            let outcome = Outcome {
                fault: Some(Fault::Timeout),
                ..Outcome::default()
            };
            self.failed(outcome, None)
        })
    }

    fn lane(&self) -> Lane {
        #[cfg(feature = "blocking")]
        if self.prepared.blocking {
            return Lane::Blocking;
        }
        Lane::Async
    }

    /// One attempt, within its own time-out and the deadline of the whole.
    async fn attempt(&mut self) -> Outcome {
        let Prepared { operation, url, .. } = &self.prepared;
        let mut request = reqwest::Request::new(operation.method.to_http(), url.clone());
        *request.headers_mut() = self.prepared.headers.clone();
        *request.body_mut() = self.prepared.body.clone().map(reqwest::Body::from);

        let shared = self.client.shared();
        let begun = shared.clock.now();
        let pool = self.pool();
        let responses = pool.responses();
        let mut outcome = Outcome::default();
        let work = attempt(&pool, request, shared.max_body, &mut outcome);
        let limit = [begun.checked_add(self.prepared.timeout), self.deadline];
        let in_time = match limit.into_iter().flatten().min() {
            Some(limit) => within(shared.clock.until(limit), work).await.is_some(),
            // A duration that long means none.
            None => {
                work.await;
                true
            }
        };
        if !in_time {
            outcome.fault = Some(Fault::Timeout);
            // Its own response is no sign of life: it has broken off.
            let own = u64::from(outcome.status.is_some());
            self.connections().give_up(&pool, responses + own);
        }
        self.attempts += 1;
        self.maybe_executed |= outcome.maybe_executed();
        let duration = shared.clock.now().saturating_duration_since(begun);
        trace::attempt(&outcome, self.attempts, duration);
        outcome
    }

    fn connections(&self) -> &Connections {
        let connections = &self.client.shared().connections;
        #[cfg(feature = "blocking")]
        if self.prepared.blocking {
            // They were made before the first attempt.
            return self.client.blocking_connections().unwrap_or(connections);
        }
        connections
    }

    fn pool(&self) -> Pool {
        let connections = self.connections();
        match self.repeats {
            Some(Reused::Http1) => connections.unpooled(),
            _ => None,
        }
        .unwrap_or_else(|| connections.pool())
    }

    /// Waits until the request may be sent again, or says why it is not.
    async fn go_on(&mut self, mut outcome: Outcome) -> Result<(), Error> {
        let is_error = outcome
            .status
            .is_some_and(|status| status >= StatusCode::BAD_REQUEST);
        if outcome.fault.is_none() && is_error && ends_early(outcome.body.as_slice()) {
            outcome.fault = Some(Fault::Interrupted);
        }
        let clock = &*self.client.shared().clock;
        let retry_after = retry::retry_after(&outcome.headers, clock.system_time());
        match self.decide(&outcome, retry_after) {
            Decision::Repeat => {
                trace::repeat();
                self.repeats = outcome.stale;
                self.has_repeated = true;
                Ok(())
            }
            Decision::Retry { after } => {
                let budgets = &self.client.shared().budgets;
                let Some(reserved) = budgets.reserve(self.prepared.operation) else {
                    trace::budget_empty();
                    let error = self.failed(outcome, retry_after);
                    return Err(error.with(|inner| inner.retry_budget_empty = true));
                };
                trace::retry(after);
                clock.sleep(after).await;
                // The clock may have slept for longer.
                if self.left() == Some(Duration::ZERO) {
                    return Err(self.failed(outcome, retry_after));
                }
                Reserved::spend(reserved);
                self.retries += 1;
                self.repeats = None;
                Ok(())
            }
            Decision::Stop => Err(self.failed(outcome, retry_after)),
        }
    }

    fn decide(&self, outcome: &Outcome, retry_after: Option<Duration>) -> Decision {
        retry::decide(&Facts {
            status: outcome.status.map(|status| status.as_u16()),
            fault: outcome.fault,
            should_retry: retry::should_retry(&outcome.headers),
            retry_after,
            is_replayed: headers::is_replayed(&outcome.headers),
            is_stale: outcome.stale.is_some() && !self.has_repeated && self.connections().is_own(),
            retries: self.retries,
            max_retries: self.prepared.max_retries,
            pause: backoff::pause(self.retries, &*self.client.shared().random),
            left: self.left(),
        })
    }

    /// The error of the request, whose last attempt gave `outcome`.
    fn failed(&self, outcome: Outcome, retry_after: Option<Duration>) -> Error {
        let error = failure(outcome).with(|inner| {
            inner.operation = Some(self.prepared.operation.name);
            inner.idempotency_key = self.prepared.idempotency_key.clone();
            inner.attempts = self.attempts;
            inner.maybe_executed = self.maybe_executed;
            inner.retry_after = retry_after;
        });
        trace::failed(&error, self.attempts, self.elapsed());
        error
    }

    fn elapsed(&self) -> Duration {
        let now = self.client.shared().clock.now();
        now.saturating_duration_since(self.started)
    }

    /// The time left until the caller's deadline.
    fn left(&self) -> Option<Duration> {
        let now = self.client.shared().clock.now();
        Some(self.deadline?.saturating_duration_since(now))
    }
}

/// Tells the limits what the server says of the rate of requests.
fn inform(slot: &Slot<'_>, outcome: &Outcome, now: Instant) {
    let Some(status) = outcome.status else { return };
    if outcome.is_success() {
        slot.taken(now);
    } else if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::BAD_REQUEST {
        // A locked object is a 429 as well, and says nothing of the rate.
        let api = ApiError::from_body(outcome.body.as_slice());
        if Class::of(status.as_u16(), api.as_ref()) == Class::RateLimit {
            slot.refused(now);
        }
    }
}
