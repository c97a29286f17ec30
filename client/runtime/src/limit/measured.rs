//! How many requests a client sends in a second.

use std::time::Instant;

/// The counting periods of a second.
const PERIODS: f64 = 2.0;
/// How much the newest period weighs.
const NEWEST: f64 = 0.8;

/// A smoothed rate of events, counted in periods of half a second.
#[derive(Debug, Default)]
pub(super) struct Measured {
    begun: Option<Instant>,
    count: f64,
    rate: f64,
}

impl Measured {
    pub(super) fn count(&mut self, now: Instant) {
        let begun = *self.begun.get_or_insert(now);
        self.count += 1.0;
        let passed = now.saturating_duration_since(begun).as_secs_f64();
        if passed >= 1.0 / PERIODS {
            let newest = self.count / passed;
            self.rate = newest * NEWEST + self.rate * (1.0 - NEWEST);
            self.begun = Some(now);
            self.count = 0.0;
        }
    }

    /// The rate; none before the first period is over.
    pub(super) fn rate(&self) -> Option<f64> {
        (self.rate > 0.0).then_some(self.rate)
    }
}
