//! The retry budgets: keep a fleet of clients from multiplying an outage.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::protocol::Operation;

/// A retry takes this much; a request that succeeds gives one back. So in steady state at most one
/// request in ten is a retry.
const RETRY: u32 = 10;
/// How many operations may use up their budgets before the retries of every operation end.
const OPERATIONS: u32 = 4;

/// A bucket of tokens for each operation, and one for all together, that retries draw on and successes
/// fill again.
///
/// While the API is healthy the buckets are full and every request may use all its retries. In an
/// outage they run empty, and each request is then sent once: the API sees the load it would have
/// without retries, instead of three times as much when it can bear it least. An outage of one
/// operation empties the bucket of that one, and the requests of the others are still retried.
#[derive(Debug)]
pub(crate) struct Budgets {
    capacity: u32,
    /// Whether any bucket is not full. In the usual case none is, and a success costs one read.
    in_use: AtomicBool,
    spent: Mutex<Spent>,
}

/// What is missing in the buckets that are not full.
#[derive(Debug, Default)]
struct Spent {
    together: u32,
    by_operation: HashMap<usize, u32>,
}

/// The tokens of a retry that is going to be sent. They go back unless it is.
#[must_use]
pub(crate) struct Reserved {
    budgets: Arc<Budgets>,
    operation: usize,
    is_spent: bool,
}

impl Budgets {
    /// Full buckets, for that many retries in a row of each operation.
    pub(crate) fn new(retries: u32) -> Self {
        Self {
            capacity: retries.saturating_mul(RETRY),
            in_use: AtomicBool::new(false),
            spent: Mutex::default(),
        }
    }

    /// Reserves the tokens of one retry, if there are enough.
    pub(crate) fn reserve(self: &Arc<Self>, operation: &'static Operation) -> Option<Reserved> {
        let operation = key(operation);
        let mut spent = self.spent();
        let own = spent.by_operation.get(&operation).copied();
        let own = own.unwrap_or_default().checked_add(RETRY)?;
        let together = spent.together.checked_add(RETRY)?;
        if own > self.capacity || together > self.capacity.saturating_mul(OPERATIONS) {
            return None;
        }
        spent.together = together;
        spent.by_operation.insert(operation, own);
        self.in_use.store(true, Ordering::Relaxed);
        Some(Reserved {
            budgets: Arc::clone(self),
            operation,
            is_spent: false,
        })
    }

    /// A request has succeeded.
    pub(crate) fn deposit(&self, operation: &'static Operation) {
        // A retry that another thread is just making may be missed, which costs one token.
        if self.in_use.load(Ordering::Relaxed) {
            self.give_back(key(operation), 1);
        }
    }

    fn give_back(&self, operation: usize, tokens: u32) {
        let mut spent = self.spent();
        spent.together = spent.together.saturating_sub(tokens);
        if let Some(own) = spent.by_operation.get_mut(&operation) {
            *own = own.saturating_sub(tokens);
            if *own == 0 {
                spent.by_operation.remove(&operation);
            }
        }
        let in_use = spent.together > 0 || !spent.by_operation.is_empty();
        self.in_use.store(in_use, Ordering::Relaxed);
    }

    fn spent(&self) -> MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reserved {
    /// The retry is sent.
    pub(crate) fn spend(mut self) {
        self.is_spent = true;
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if !self.is_spent {
            self.budgets.give_back(self.operation, RETRY);
        }
    }
}

/// An operation is one place in memory; its name is shared by the same operation of other crates.
fn key(operation: &'static Operation) -> usize {
    std::ptr::from_ref(operation).addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Method, Service};

    static SERVICE: Service = Service::new("stripe-x-rust/1", "2026-01-01");
    static ALL: [Operation; 6] = [
        Operation::new(&SERVICE, "a", Method::Get, "/a"),
        Operation::new(&SERVICE, "b", Method::Get, "/b"),
        Operation::new(&SERVICE, "c", Method::Get, "/c"),
        Operation::new(&SERVICE, "d", Method::Get, "/d"),
        Operation::new(&SERVICE, "e", Method::Get, "/e"),
        Operation::new(&SERVICE, "f", Method::Get, "/f"),
    ];

    fn budgets(retries: u32) -> Arc<Budgets> {
        Arc::new(Budgets::new(retries))
    }

    fn withdraw(budgets: &Arc<Budgets>, operation: usize) -> bool {
        let reserved = budgets.reserve(&ALL[operation]);
        reserved.map(Reserved::spend).is_some()
    }

    #[test]
    fn runs_empty_and_fills_by_successes() {
        let budgets = budgets(2);
        assert_eq!([(); 3].map(|()| withdraw(&budgets, 0)), [true, true, false]);
        (0..RETRY - 1).for_each(|_| budgets.deposit(&ALL[0]));
        assert!(!withdraw(&budgets, 0));
        budgets.deposit(&ALL[0]);
        assert!(withdraw(&budgets, 0));
    }

    #[test]
    fn does_not_fill_beyond_its_capacity() {
        let budgets = budgets(1);
        (0..100).for_each(|_| budgets.deposit(&ALL[0]));
        assert_eq!([(); 2].map(|()| withdraw(&budgets, 0)), [true, false]);
        (0..100).for_each(|_| budgets.deposit(&ALL[0]));
        assert!(!budgets.in_use.load(Ordering::Relaxed));
        assert_eq!([(); 2].map(|()| withdraw(&budgets, 0)), [true, false]);
    }

    #[test]
    fn each_operation_has_its_own() {
        let budgets = budgets(1);
        assert_eq!([(); 2].map(|()| withdraw(&budgets, 0)), [true, false]);
        assert!(withdraw(&budgets, 1));
        // Successes of one fill no other's.
        (0..100).for_each(|_| budgets.deposit(&ALL[2]));
        assert!(!withdraw(&budgets, 0) && !withdraw(&budgets, 1));
        (0..RETRY).for_each(|_| budgets.deposit(&ALL[0]));
        assert!(withdraw(&budgets, 0) && !withdraw(&budgets, 1));
    }

    #[test]
    fn all_together_are_bounded() {
        let budgets = budgets(3);
        let made = (0..ALL.len())
            .flat_map(|operation| [operation; 10])
            .filter(|operation| withdraw(&budgets, *operation));
        assert_eq!(made.count(), 12);
        (0..RETRY).for_each(|_| budgets.deposit(&ALL[5]));
        assert!(withdraw(&budgets, 5) && !withdraw(&budgets, 4));
    }

    #[test]
    fn a_retry_that_is_not_sent_costs_nothing() {
        let budgets = budgets(1);
        for _ in 0..10 {
            drop(budgets.reserve(&ALL[0]).unwrap());
        }
        // It is taken until then.
        let reserved = budgets.reserve(&ALL[0]).unwrap();
        assert!(budgets.reserve(&ALL[0]).is_none());
        reserved.spend();
        assert!(budgets.reserve(&ALL[0]).is_none());
    }

    #[test]
    fn no_number_overflows() {
        let large = budgets(u32::MAX);
        large.deposit(&ALL[0]);
        assert!(withdraw(&large, 0));
        assert!(!withdraw(&budgets(0), 0));
    }
}
