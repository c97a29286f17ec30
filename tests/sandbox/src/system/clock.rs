//! Time: the one place that reads the clock or waits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 1 October 2026, the day after the pinned version: where a clock that stands still stands.
const DEFAULT_START: i64 = 1_790_812_800;

/// The sandbox's idea of now, in seconds since 1970.
///
/// A test wants a clock that moves only when told; a program that people try wants one that runs.
#[derive(Clone, Debug)]
pub struct Clock {
    base: Base,
    moved: i64,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Fixed(i64),
    System,
}

impl Default for Clock {
    /// A clock that stands still at the start of October 2026.
    fn default() -> Self {
        Self::at(DEFAULT_START)
    }
}

impl Clock {
    /// A clock that stands still until it is moved.
    #[must_use]
    pub const fn at(unix_seconds: i64) -> Self {
        Self {
            base: Base::Fixed(unix_seconds),
            moved: 0,
        }
    }

    /// The machine's clock. It can still be moved ahead.
    #[must_use]
    pub const fn system() -> Self {
        Self {
            base: Base::System,
            moved: 0,
        }
    }

    pub(crate) fn now(&self) -> i64 {
        let base = match self.base {
            Base::Fixed(at) => at,
            Base::System => system_seconds(),
        };
        base.saturating_add(self.moved)
    }

    pub(crate) const fn advance(&mut self, seconds: i64) {
        self.moved = self.moved.saturating_add(seconds);
    }

    pub(crate) const fn runs(&self) -> bool {
        matches!(self.base, Base::System)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one file that reads the clock"
)]
fn system_seconds() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        })
}

/// Waits in real time: only where a fault script asks for a delay, and for the tick of a clock that
/// runs.
#[expect(clippy::disallowed_methods, reason = "the one file that waits")]
pub(crate) async fn wait(duration: Duration) {
    tokio::time::sleep(duration).await;
}
