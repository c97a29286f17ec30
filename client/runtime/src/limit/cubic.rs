//! How a rate recovers after it was too high.

use std::time::Instant;

/// What a rate is multiplied by when the server says that it is too high.
pub(super) const DECREASE: f64 = 0.7;
/// How steep the curve is.
const STEEPNESS: f64 = 0.4;

/// The curve of CUBIC, the congestion control of TCP, with the constants that AWS's adaptive retry mode
/// has: fast at first, flat around the rate that was too high, and then faster and faster beyond it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cubic {
    /// The rate that was too high.
    too_high: f64,
    pub(super) since: Instant,
}

impl Cubic {
    pub(super) fn new(too_high: f64, since: Instant) -> Self {
        Self { too_high, since }
    }

    /// The rate at a time; at first [`DECREASE`] of the one that was too high.
    pub(super) fn rate(&self, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(self.since).as_secs_f64();
        let flat = (self.too_high * (1.0 - DECREASE) / STEEPNESS).cbrt();
        STEEPNESS * (passed - flat).powi(3) + self.too_high
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::system::{Clock, SystemClock};

    #[test]
    fn the_curve_begins_below_and_ends_above_the_rate() {
        let now = SystemClock.now();
        let cubic = Cubic::new(100.0, now);
        let at = |seconds| cubic.rate(now + Duration::from_secs(seconds)).round();
        assert_eq!([0, 2, 4, 6].map(at), [70.0, 96.0, 100.0, 102.0]);
        assert!(cubic.rate(now + Duration::from_secs(1_000_000)).is_finite());
    }
}
