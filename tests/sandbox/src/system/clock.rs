//! Time: the one place that reads the clock or waits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 1 October 2026, the day after the pinned version: the initial time of a frozen clock.
const DEFAULT_START: i64 = 1_790_812_800;

/// The sandbox's clock, in seconds since 1970.
///
/// Tests use a frozen clock, which moves only when advanced; the program uses a running one.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub struct Clock {
    base: Base,
    moved: i64,
}

#[derive(Clone, Copy, Debug, serde::Deserialize, serde::Serialize)]
enum Base {
    Fixed(i64),
    System,
}

impl Default for Clock {
    /// A frozen clock at the start of October 2026.
    fn default() -> Self {
        Self::at(DEFAULT_START)
    }
}

impl Clock {
    /// A frozen clock, until it is advanced.
    #[must_use]
    pub const fn at(unix_seconds: i64) -> Self {
        Self {
            base: Base::Fixed(unix_seconds),
            moved: 0,
        }
    }

    /// The machine's clock. It can still be advanced.
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

    /// Moves the clock ahead to a time. It never goes back.
    pub(crate) fn reach(&mut self, unix_seconds: i64) {
        let ahead = unix_seconds.saturating_sub(self.now());
        self.moved = self.moved.saturating_add(ahead.max(0));
    }

    /// Stops the clock where it is.
    pub(crate) fn freeze(&mut self) {
        *self = Self::at(self.now());
    }

    /// Lets the clock run on from where it is.
    pub(crate) fn resume(&mut self) {
        self.moved = self.now().saturating_sub(system_seconds());
        self.base = Base::System;
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

/// Waits in real time: for the delay of a fault, and for the tick of a running clock.
#[expect(clippy::disallowed_methods, reason = "the one file that waits")]
pub(crate) async fn wait(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Waits for something, in real time, but not for longer than this; `None` if that was over first.
pub(crate) async fn within<T>(most: Duration, something: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(most, something).await.ok()
}
