//! The polling loop.

use std::future::Future;
use std::time::{Duration, Instant};

use super::policy::Poll;
use crate::client::Client;
use crate::error::{Error, Kind};
use crate::request::{Response, ResponseFuture};
use crate::system::within;
use crate::transport::Call;

/// Polls an object after a request has changed it.
#[derive(Debug)]
pub struct Poller {
    client: Client,
    policy: Poll,
    deadline: Option<Instant>,
}

impl Poller {
    /// Polls with the clock and the randomness of the client that sends `call`. The time starts now.
    pub fn new(call: &Call, policy: Poll) -> Self {
        let client = call.client().clone();
        let now = client.shared().clock.now();
        Self {
            deadline: now.checked_add(policy.deadline()),
            client,
            policy,
        }
    }

    /// Bounds the request that is waited for by the policy too, so that the policy bounds the whole.
    pub fn bound(&self, call: &mut Call) {
        call.cap_deadline(self.policy.deadline());
    }

    /// Retrieves the object again and again until it is settled; `response` is its first state.
    ///
    /// A poll that fails is repeated as long as the failure may be transient.
    ///
    /// # Errors
    ///
    /// A poll that fails for good; a timeout with the message `pending` if the object was not settled
    /// before the deadline. Either is an error of the request that `response` answers, with its
    /// operation and idempotency key: that request was executed. The failure of a poll is its source.
    pub async fn until<T>(
        self,
        mut response: Response<T>,
        mut is_settled: impl FnMut(&T) -> bool,
        mut retrieve: impl FnMut() -> ResponseFuture<T>,
        pending: &'static str,
    ) -> Result<Response<T>, Error>
    where
        T: serde::de::DeserializeOwned,
    {
        let shared = self.client.shared();
        let request = response.request();
        let mut failure = None;
        let mut polls = 0;
        while !is_settled(&response) {
            let delay = self.policy.delay(polls, &*shared.random);
            let poll = if self.is_in_time(shared.clock.now(), delay) {
                shared.clock.sleep(delay).await;
                polls += 1;
                self.before_deadline(retrieve()).await
            } else {
                None
            };
            match poll {
                Some(Ok(newer)) => response = newer,
                Some(Err(error)) if is_transient(&error) => failure = Some(error),
                Some(Err(error)) => return Err(request.poll_failed(error)),
                None => {
                    let error = response.describe(Error::new(Kind::Timeout, pending));
                    return Err(request.own(error).with(|inner| {
                        inner.source = failure.map(Into::into);
                    }));
                }
            }
        }
        Ok(response)
    }

    /// The outcome of a poll, or `None` when the deadline comes first.
    async fn before_deadline<T>(&self, poll: impl Future<Output = T>) -> Option<T> {
        match self.deadline {
            Some(deadline) => within(self.client.shared().clock.until(deadline), poll).await,
            None => Some(poll.await),
        }
    }

    fn is_in_time(&self, now: Instant, delay: Duration) -> bool {
        match (now.checked_add(delay), self.deadline) {
            (Some(then), Some(deadline)) => then < deadline,
            _ => true,
        }
    }
}

/// Whether polling again may help.
fn is_transient(error: &Error) -> bool {
    error.is_connect()
        || error.is_timeout()
        || error.is_interrupted()
        || error.is_server_error()
        || error.is_rate_limited()
        || error.is_conflict()
}
