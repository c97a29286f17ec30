//! How many requests may begin in a second, and how that number follows what the server says.

use std::time::{Duration, Instant};

use super::cubic::{Cubic, DECREASE};
use super::measured::Measured;

/// However often the server says that it is too much, requests go on at this rate.
const LEAST: f64 = 0.5;
/// How much of a second's requests may be made up for at once, when a timer was late.
const ARREARS: f64 = 0.05;
/// How long a lower rate is tried before it is lowered again.
const DEAF: Duration = Duration::from_millis(500);
/// A token that lacks less than this is whole: what the rounding of times may cost.
const ROUNDING: f64 = 1e-6;

/// A bucket of tokens, of which each request takes one.
///
/// It holds hardly more than one, so that requests begin evenly spread: a limit that counts by the second
/// would otherwise meet a bucket's worth and a second's worth in the same second.
#[derive(Debug)]
pub(super) struct Rate {
    /// The rate that the caller has set, and that is never exceeded.
    most: f64,
    current: f64,
    tokens: f64,
    filled: Option<Instant>,
    measured: Measured,
    /// The way back up, while the rate is below the one that was set.
    recovery: Option<Cubic>,
}

impl Rate {
    pub(super) fn new(most: f64) -> Self {
        Self {
            most,
            current: most,
            tokens: 1.0,
            filled: None,
            measured: Measured::default(),
            recovery: None,
        }
    }

    /// Takes a token, or says how long there will be none.
    pub(super) fn take(&mut self, now: Instant) -> Result<(), Duration> {
        self.fill(now);
        let lacking = 1.0 - self.tokens;
        if lacking > ROUNDING {
            let wait = Duration::try_from_secs_f64(lacking / self.current);
            return Err(wait.unwrap_or(Duration::MAX));
        }
        self.tokens -= 1.0;
        self.measured.count(now);
        Ok(())
    }

    fn fill(&mut self, now: Instant) {
        let filled = *self.filled.get_or_insert(now);
        // The clocks of threads may be read in another order than they get here.
        let passed = now.saturating_duration_since(filled).as_secs_f64();
        self.filled = Some(filled.max(now));
        let most = (self.current * ARREARS).max(1.0);
        self.tokens = (self.tokens + passed * self.current).min(most);
    }

    /// The server had a request refused that began at `begun`: too many came.
    pub(super) fn refused(&mut self, begun: Instant, now: Instant) {
        // What began before the rate came down says nothing of the rate since, and neither does what
        // began soon after, in what a server that counts by the second takes for the same second.
        let heard = self.recovery.map(|recovery| recovery.since + DEAF);
        if heard.is_some_and(|heard| begun <= heard) {
            return;
        }
        self.fill(now);
        let too_high = self
            .measured
            .rate()
            .unwrap_or(self.current)
            .min(self.current);
        self.current = (too_high * DECREASE).clamp(LEAST.min(self.most), self.most);
        self.recovery = Some(Cubic::new(too_high, now));
    }

    /// The server has taken a request.
    pub(super) fn taken(&mut self, now: Instant) {
        let Some(recovery) = self.recovery else {
            return;
        };
        self.fill(now);
        // A client that does not use its rate learns nothing of a higher one.
        let used = self.measured.rate().unwrap_or(self.current);
        let higher = recovery.rate(now).min(2.0 * used);
        self.current = self.current.max(higher).min(self.most);
        if self.current >= self.most {
            self.recovery = None;
        }
    }

    #[cfg(test)]
    pub(super) fn current(&self) -> f64 {
        self.current
    }
}
