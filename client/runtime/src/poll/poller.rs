//! The polling loop.

use std::time::{Duration, Instant};

use super::policy::Poll;
use crate::client::Client;
use crate::error::{Error, Kind};
use crate::request::{Response, ResponseFuture};
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

    /// Retrieves the object again and again until it is settled; `response` is its first state.
    ///
    /// A poll that fails is repeated as long as the failure may be transient.
    ///
    /// # Errors
    ///
    /// The failure of a poll that is not transient; a timeout with the message `pending` and the last
    /// response if the object was not settled before the deadline.
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
        let mut polls = 0;
        while !is_settled(&response) {
            let delay = self.policy.delay(polls, &*shared.random);
            if !self.is_in_time(shared.clock.now(), delay) {
                return Err(response.describe(Error::new(Kind::Timeout, pending)));
            }
            shared.clock.sleep(delay).await;
            polls += 1;
            match retrieve().await {
                Ok(newer) => response = newer,
                Err(error) if is_transient(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(response)
    }

    fn is_in_time(&self, now: Instant, delay: Duration) -> bool {
        match (now.checked_add(delay), self.deadline) {
            (Some(then), Some(deadline)) => then <= deadline,
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
