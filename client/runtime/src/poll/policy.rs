//! Polling policy.

use std::time::Duration;

use crate::system::{Random, up_to};

/// Polling policy: total timeout and delays.
///
/// The total timeout bounds everything: the request that starts the work, every poll, and the delays
/// between them. A request that cannot end in time is given up when the time is over, whatever its own
/// timeout and deadline are.
///
/// The delays between polls begin with a second and double up to fifteen, each shortened at random by
/// up to a half. By default polling ends after five minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    deadline: Duration,
    first: Duration,
    longest: Duration,
}

impl Default for Poll {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(5 * 60),
            first: Duration::from_secs(1),
            longest: Duration::from_secs(15),
        }
    }
}

impl Poll {
    /// The default delays, with another total timeout.
    pub fn within(deadline: Duration) -> Self {
        Self {
            deadline,
            ..Self::default()
        }
    }

    /// The first and the longest delay.
    #[must_use]
    pub fn pauses(self, first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            ..self
        }
    }

    pub(super) fn deadline(&self) -> Duration {
        self.deadline
    }

    /// The delay before poll number `poll`, counted from 0.
    pub(super) fn delay(&self, poll: u32, random: &dyn Random) -> Duration {
        let factor = 1u32.checked_shl(poll).unwrap_or(u32::MAX);
        let range = self.first.saturating_mul(factor).min(self.longest);
        let half = u64::try_from(range.as_nanos() / 2).unwrap_or(u64::MAX);
        range.saturating_sub(Duration::from_nanos(up_to(random, half)))
    }
}
