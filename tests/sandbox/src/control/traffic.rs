//! Keys, limits, faults, and the requests so far.

use std::sync::Arc;

use super::handle::Control;
use crate::api::Operation;
use crate::errors::{ControlError, ControlResult};
use crate::limits::FAULTS;
use crate::traffic::{Effects, Fault, Gate, Held, KeyKind, Recorded, Reply, Stage};

impl Control {
    /// Makes a key.
    #[must_use]
    pub fn create_key(&self, kind: KeyKind) -> String {
        self.shared.world().make_key(kind)
    }

    /// Accepts this key, and no other.
    ///
    /// # Errors
    ///
    /// When the key is empty or longer than 255 characters.
    pub fn pin_key(&self, key: &str) -> ControlResult<()> {
        if key.is_empty() || key.len() > 255 {
            return Err(ControlError::new("a key has 1 to 255 characters"));
        }
        self.shared.world().pin_key(key.to_owned());
        Ok(())
    }

    /// The id of the platform's own account of Stripe.
    #[must_use]
    pub fn platform_account(&self) -> String {
        self.shared.world().platform().account
    }

    /// Whether there is such an account of Stripe: the platform's or a connected one.
    pub(super) fn has_stripe_account(&self, id: &str) -> bool {
        self.shared
            .world()
            .stripe_accounts
            .iter()
            .any(|known| known == id)
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

    /// Adds several, or none of them if there would be too many.
    pub(super) fn add_faults(&self, faults: Vec<Fault>) -> ControlResult<()> {
        let script = &mut self.shared.world().faults;
        if script.len() + faults.len() > FAULTS {
            return Err(ControlError::new(format!(
                "{FAULTS} faults may be pending, and there are {} already",
                script.len()
            )));
        }
        faults.into_iter().for_each(|fault| script.add(fault));
        Ok(())
    }

    /// The pending faults, in their order.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.shared.world().faults.pending().cloned().collect()
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

    /// The requests so far, oldest first. The last 100,000 are kept, in 64 MiB at most.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests_after(0, usize::MAX).0
    }

    /// Some requests above a number, oldest first, and whether there are more.
    pub(super) fn requests_after(&self, number: u64, most: usize) -> (Vec<Recorded>, bool) {
        let (entries, more) = self.shared.log().page(number, most);
        (entries.iter().map(|entry| entry.show()).collect(), more)
    }

    /// Clears the log of requests, and the counts of their effects.
    pub fn clear_requests(&self) {
        self.shared.log().clear();
    }

    /// How many requests of an operation took effect. Replays, rejected requests and faults before
    /// the effect do not count.
    #[must_use]
    pub fn effects(&self, operation: Operation) -> usize {
        let log = self.shared.log();
        log.effects()
            .operations
            .get(&operation)
            .copied()
            .unwrap_or(0)
    }

    /// How many POSTs under an idempotency key took effect. The last 100,000 keys are counted.
    #[must_use]
    pub fn effects_of_key(&self, key: &str) -> usize {
        let log = self.shared.log();
        log.effects().keys.get(key).copied().unwrap_or(0)
    }

    /// How many requests took effect, by operation and by idempotency key.
    pub(super) fn all_effects(&self) -> Effects {
        self.shared.log().effects().clone()
    }
}
