//! Control of the clock.

use std::time::Duration;

use parking_lot::MutexGuard;

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::limits::{ADVANCE, DAILY_REFRESHES};
use crate::objects::check;

impl Control {
    /// Moves the clock ahead; everything that becomes due on the way happens, in order.
    ///
    /// # Panics
    ///
    /// When [`Control::try_advance`] fails.
    #[track_caller]
    pub fn advance(&self, by: Duration) {
        if let Err(error) = self.try_advance(by) {
            panic!("{error}");
        }
    }

    /// The same, for what may be too far.
    ///
    /// # Errors
    ///
    /// When it is more than ten years, or when the accounts that are subscribed to would be
    /// refreshed more than 200,000 times on the way.
    pub fn try_advance(&self, by: Duration) -> ControlResult<()> {
        let seconds = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        let until = self.now().saturating_add(seconds);
        self.set_clock(until)
    }

    /// Moves the clock ahead to a time, in seconds since 1970. A clock that runs goes on from there.
    ///
    /// # Errors
    ///
    /// When that is in the past of the sandbox's clock, or too far in its future; see
    /// [`Control::try_advance`].
    pub fn set_clock(&self, unix_seconds: i64) -> ControlResult<()> {
        let until = unix_seconds;
        let (now, daily) = {
            let world = self.shared.world();
            (world.clock.now(), world.daily_refreshes())
        };
        let ahead = until.saturating_sub(now);
        if ahead < 0 {
            return Err(ControlError::new(format!(
                "the clock is at {now}, and goes ahead only; a reset or an earlier snapshot takes \
                 it back"
            )));
        }
        if ahead > ADVANCE {
            return Err(ControlError::new(format!(
                "the clock goes ahead by ten years at most, {ADVANCE} seconds, and {ahead} were \
                 asked for; are these milliseconds?"
            )));
        }
        check::time("the clock", until)?;
        let days = ahead / 86_400;
        let daily = i64::try_from(daily).unwrap_or(i64::MAX);
        if daily.saturating_mul(days) > DAILY_REFRESHES {
            return Err(ControlError::new(format!(
                "{daily} accounts are subscribed to, so that {days} days bring more than \
                 {DAILY_REFRESHES} refreshes; move the clock in smaller steps"
            )));
        }
        let mut world = self.shared.world();
        while !world.advance_towards(until) {
            MutexGuard::bump(&mut world);
        }
        drop(world);
        self.shared.stirred.notify_one();
        Ok(())
    }

    /// Stops the clock where it is.
    pub fn freeze_clock(&self) {
        self.shared.world().clock.freeze();
    }

    /// Lets the clock run in real time, from where it is.
    pub fn resume_clock(&self) {
        self.shared.world().clock.resume();
        self.shared.stirred.notify_one();
    }

    /// Whether the clock runs in real time.
    #[must_use]
    pub fn clock_runs(&self) -> bool {
        self.shared.world().clock.runs()
    }

    /// The sandbox's time, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.world().clock.now()
    }
}
