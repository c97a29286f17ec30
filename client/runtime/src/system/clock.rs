//! Time: the one module that reads a clock or waits.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A wait that ends when its time has come.
pub type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where a client takes the time from, and how it waits.
///
/// A client waits for two reasons, and a clock made for tests wants to treat them differently: a
/// pause before a retry can be skipped by setting the clock forward, while a time-out must only
/// strike when the test says that time has passed.
///
/// Anybody may implement it: a method that a later version adds has a default.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time that only moves forward.
    fn now(&self) -> Instant;

    /// The time of day, for the dates in headers.
    fn system_time(&self) -> SystemTime;

    /// Pauses for `duration`.
    fn sleep(&self, duration: Duration) -> Wait;

    /// Resolves once `instant` has come: a time-out.
    fn until(&self, instant: Instant) -> Wait;
}

/// The clock of the machine, through tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[expect(clippy::disallowed_methods, reason = "this is the clock module")]
impl Clock for SystemClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Wait {
        Box::pin(tokio::time::sleep(duration))
    }

    fn until(&self, instant: Instant) -> Wait {
        Box::pin(tokio::time::sleep_until(instant.into()))
    }
}

/// Runs `work` until `limit` resolves; `None` when it did.
///
/// The limit is asked first, so that an answer that comes in together with the end of the time does
/// not make the outcome a matter of chance.
pub(crate) async fn within<T>(mut limit: Wait, work: impl Future<Output = T>) -> Option<T> {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|context| {
        if limit.as_mut().poll(context).is_ready() {
            return std::task::Poll::Ready(None);
        }
        work.as_mut().poll(context).map(Some)
    })
    .await
}
