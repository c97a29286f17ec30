//! How long to pause before a retry.

use std::time::Duration;

use crate::system::{Random, up_to};

/// The upper bound of the first pause.
pub(crate) const BASE: Duration = Duration::from_millis(500);
/// No pause is drawn from a wider range than this.
pub(crate) const CAP: Duration = Duration::from_secs(8);

/// The pause before retry number `retry`, counted from 0: a random part of a range that doubles
/// each time, up to a cap.
///
/// The jitter is full, from the first retry on: clients that failed together at one moment come back
/// spread over the whole range, and not together again.
pub(crate) fn pause(retry: u32, random: &dyn Random) -> Duration {
    let range = range(retry).as_nanos();
    Duration::from_nanos(up_to(random, u64::try_from(range).unwrap_or(u64::MAX)))
}

fn range(retry: u32) -> Duration {
    let factor = 1u32.checked_shl(retry).unwrap_or(u32::MAX);
    BASE.saturating_mul(factor).min(CAP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    #[test]
    fn the_range_doubles_up_to_the_cap() {
        let ranges: Vec<_> = (0..7).map(|retry| range(retry).as_millis()).collect();
        assert_eq!(ranges, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    }

    #[test]
    fn no_retry_number_overflows() {
        for retry in 0..=200 {
            assert!(pause(retry, &SystemRandom) <= CAP);
        }
        assert!(pause(u32::MAX, &SystemRandom) <= CAP);
    }
}
