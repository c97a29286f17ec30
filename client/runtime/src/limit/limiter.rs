//! Waiting for a turn.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::rate::Rate;
use crate::system::Clock;

/// Whom a request waits behind. A blocked thread must not wait for a task that the same thread has to
/// drive, so that blocking requests have a queue of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Async,
    #[cfg(feature = "blocking")]
    Blocking,
}

/// The limits of a client, shared by its clones.
///
/// Whoever comes first is served first. A request that is dropped while it waits takes nothing.
#[derive(Debug)]
pub(crate) struct Limiter {
    lanes: [Queues; 2],
    rate: Option<Mutex<Rate>>,
    is_bounded: bool,
}

/// The queues of a lane.
#[derive(Debug)]
struct Queues {
    /// One permit for each request that may be under way.
    in_flight: Semaphore,
    /// The one permit belongs to the request whose turn it is to take the next token.
    turn: Semaphore,
}

/// The right to send one request, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Slot<'a> {
    limiter: &'a Limiter,
    begun: Instant,
    _in_flight: Option<SemaphorePermit<'a>>,
}

impl Limiter {
    /// The limits, if there is any.
    pub(crate) fn of(max_in_flight: Option<usize>, per_second: Option<f64>) -> Option<Self> {
        let is_limited = max_in_flight.is_some() || per_second.is_some();
        is_limited.then(|| Self::new(max_in_flight, per_second))
    }

    /// At most so many requests under way at once, and beginning in a second.
    pub(super) fn new(max_in_flight: Option<usize>, per_second: Option<f64>) -> Self {
        let permits = max_in_flight
            .unwrap_or_default()
            .min(Semaphore::MAX_PERMITS);
        let queues = || Queues {
            in_flight: Semaphore::new(permits),
            turn: Semaphore::new(1),
        };
        Self {
            lanes: [queues(), queues()],
            rate: per_second.map(|most| Mutex::new(Rate::new(most))),
            is_bounded: max_in_flight.is_some(),
        }
    }

    /// Waits for a turn.
    pub(crate) async fn slot(&self, lane: Lane, clock: &dyn Clock) -> Slot<'_> {
        let queues = &self.lanes[lane as usize];
        let in_flight = match self.is_bounded {
            // The semaphores are never closed.
            true => queues.in_flight.acquire().await.ok(),
            false => None,
        };
        if let Some(rate) = &self.rate {
            let _turn = queues.turn.acquire().await;
            // The rate may change meanwhile, and the other lane take a token.
            loop {
                let taken = lock(rate).take(clock.now());
                match taken {
                    Ok(()) => break,
                    Err(wait) => clock.sleep(wait).await,
                }
            }
        }
        Slot {
            limiter: self,
            begun: clock.now(),
            _in_flight: in_flight,
        }
    }

    #[cfg(test)]
    pub(super) fn current_rate(&self) -> f64 {
        self.rate
            .as_ref()
            .map_or(f64::INFINITY, |rate| lock(rate).current())
    }
}

impl Slot<'_> {
    /// The server has refused the request since too many came.
    pub(crate) fn refused(&self, now: Instant) {
        if let Some(rate) = &self.limiter.rate {
            lock(rate).refused(self.begun, now);
        }
    }

    /// The server has taken the request.
    pub(crate) fn taken(&self, now: Instant) {
        if let Some(rate) = &self.limiter.rate {
            lock(rate).taken(now);
        }
    }
}

fn lock(rate: &Mutex<Rate>) -> MutexGuard<'_, Rate> {
    // Each of its changes is whole, whatever happened around it.
    rate.lock().unwrap_or_else(PoisonError::into_inner)
}
