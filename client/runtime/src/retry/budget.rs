//! The retry budget: keeps a fleet of clients from multiplying an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// A retry takes this much; a request that succeeds gives one back. So in steady state at most one
/// request in ten is a retry.
const RETRY: u32 = 10;

/// A bucket of tokens that retries draw on and successes fill again.
///
/// While the API is healthy the bucket is full and every request may use all its retries. In an
/// outage it runs empty, and each request is then sent once: the API sees the load it would have
/// without retries, instead of three times as much when it can bear it least.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

impl Budget {
    /// A full bucket, for that many retries in a row.
    pub(crate) fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(RETRY);
        Self {
            tokens: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Takes the tokens of one retry, if there are enough.
    pub(crate) fn withdraw(&self) -> bool {
        self.update(|tokens| tokens.checked_sub(RETRY))
    }

    /// A request has succeeded.
    pub(crate) fn deposit(&self) {
        // The usual case is a full bucket, which costs one read and no write.
        self.update(|tokens| (tokens < self.capacity).then(|| tokens + 1));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // Nothing else is published through this number, so that no ordering is needed.
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_empty_and_fills_by_successes() {
        let budget = Budget::new(2);
        assert_eq!([(); 3].map(|()| budget.withdraw()), [true, true, false]);
        (0..RETRY - 1).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn does_not_fill_beyond_its_capacity() {
        let budget = Budget::new(1);
        (0..100).for_each(|_| budget.deposit());
        assert_eq!([(); 2].map(|()| budget.withdraw()), [true, false]);
    }

    #[test]
    fn no_number_overflows() {
        let budget = Budget::new(u32::MAX);
        budget.deposit();
        assert!(budget.withdraw());
        assert!(!Budget::new(0).withdraw());
    }
}
