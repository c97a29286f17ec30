//! A clock that stands still until a test moves it.

use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use stripe_financial_connections::{Clock, SystemClock, Wait};

/// Pauses end at once and set the clock forward; time-outs wait for it to be set forward.
#[derive(Clone, Debug)]
pub(crate) struct TestClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    start: Instant,
    passed: Duration,
    pauses: Vec<Duration>,
    waiting: Vec<Waker>,
}

/// What the time of day is when the clock starts.
const START: Duration = Duration::from_secs(1_790_000_000);

impl TestClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            start: SystemClock.now(),
            passed: Duration::ZERO,
            pauses: Vec::new(),
            waiting: Vec::new(),
        })))
    }

    pub(crate) fn advance(&self, duration: Duration) {
        let mut state = self.0.lock().unwrap();
        state.passed += duration;
        state.waiting.drain(..).for_each(Waker::wake);
    }

    /// How far the clock has been set forward in all.
    pub(crate) fn passed(&self) -> Duration {
        self.0.lock().unwrap().passed
    }

    /// Every pause that was made.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.0.lock().unwrap().pauses.clone()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        let state = self.0.lock().unwrap();
        state.start + state.passed
    }

    fn system_time(&self) -> SystemTime {
        UNIX_EPOCH + START + self.passed()
    }

    fn sleep(&self, duration: Duration) -> Wait {
        self.0.lock().unwrap().pauses.push(duration);
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }

    fn until(&self, instant: Instant) -> Wait {
        let clock = self.clone();
        Box::pin(std::future::poll_fn(move |context| {
            let mut state = clock.0.lock().unwrap();
            if state.start + state.passed >= instant {
                return Poll::Ready(());
            }
            if !state
                .waiting
                .iter()
                .any(|waker| waker.will_wake(context.waker()))
            {
                state.waiting.push(context.waker().clone());
            }
            Poll::Pending
        }))
    }
}
