//! Control of the clock.

use std::time::Duration;

use super::handle::Control;

impl Control {
    /// Moves the clock ahead; everything that becomes due on the way happens, in order.
    pub fn advance(&self, by: Duration) {
        let mut world = self.shared.world();
        world
            .clock
            .advance(i64::try_from(by.as_secs()).unwrap_or(i64::MAX));
        world.settle();
        drop(world);
        self.shared.stirred.notify_one();
    }

    /// The sandbox's time, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.world().clock.now()
    }
}
