//! Keys, limits, faults, and the requests so far.

use std::sync::Arc;

use super::handle::Control;
use crate::api::Operation;
use crate::traffic::{Fault, Gate, Held, KeyKind, Recorded, Reply, Stage};

impl Control {
    /// Makes a key.
    #[must_use]
    pub fn create_key(&self, kind: KeyKind) -> String {
        self.shared.world().make_key(kind)
    }

    /// The id of the platform's own account of Stripe.
    #[must_use]
    pub fn platform_account(&self) -> String {
        self.shared.world().platform().account
    }

    /// Makes a connected account of Stripe, and gives its id.
    #[must_use]
    pub fn create_connected_account(&self) -> String {
        let mut world = self.shared.world();
        let id = world.random.id("acct_", 16);
        world.stripe_accounts.push(id.clone());
        id
    }

    /// Switches rate limits on or off. They are off at first.
    pub fn set_rate_limits(&self, on: bool) {
        self.shared.world().rate.enabled = on;
    }

    /// Adds a fault at the end of the script.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.world().faults.add(fault);
    }

    /// Removes the pending faults, and returns how many there were.
    pub fn clear_faults(&self) -> usize {
        let faults = &mut self.shared.world().faults;
        let left = faults.len();
        faults.clear();
        left
    }

    /// Holds the next request of an operation: it reserves its idempotency key, and runs once
    /// it is released.
    #[must_use]
    pub fn hold(&self, operation: Operation) -> Held {
        let gate = Arc::new(Gate::default());
        let mut fault = Fault::new(Reply::Own).on(operation).stage(Stage::After);
        fault.hold = Some(Arc::clone(&gate));
        self.add_fault(fault);
        Held { gate }
    }

    /// The requests so far, oldest first. The last 10,000 are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.world().log.entries().cloned().collect()
    }

    /// Clears the log of requests.
    pub fn clear_requests(&self) {
        self.shared.world().log.clear();
    }

    /// How many POSTs of an operation took effect. Replays, rejected requests and faults before the
    /// effect do not count.
    #[must_use]
    pub fn effects(&self, operation: Operation) -> usize {
        self.count(|entry| entry.operation == Some(operation) && entry.effect)
    }

    /// How many POSTs under an idempotency key took effect.
    #[must_use]
    pub fn effects_of_key(&self, key: &str) -> usize {
        self.count(|entry| entry.idempotency_key.as_deref() == Some(key) && entry.effect)
    }

    fn count(&self, holds: impl Fn(&Recorded) -> bool) -> usize {
        self.shared
            .world()
            .log
            .entries()
            .filter(|entry| holds(entry))
            .count()
    }
}
