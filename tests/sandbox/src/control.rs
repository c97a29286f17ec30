//! The control handle: what only the user, the bank or the passing of time does elsewhere.

mod accounts;
mod fields;
mod http;
mod read;
mod webhooks;

use std::sync::Arc;
use std::time::Duration;

pub use self::accounts::AccountSummary;
pub(crate) use self::http::{PREFIX, handle};
pub use self::webhooks::WebhookEndpoint;
use crate::auth::KeyKind;
use crate::faults::{Fault, Gate, Held, Reply, Stage};
use crate::log::Recorded;
use crate::route::Operation;
use crate::shared::Shared;
use crate::store::{Row, Tenant};
use crate::work::Work;

/// The control handle of a sandbox. It can be cloned, and acts on one tenant: the platform in test
/// mode, unless another was chosen.
#[derive(Clone)]
pub struct Control {
    shared: Arc<Shared>,
    tenant: Tenant,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Control")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// Why a control call did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ControlError {
    message: String,
}

impl ControlError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl std::fmt::Display for ControlError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for ControlError {}

/// What a control call gives.
pub type ControlResult<T> = Result<T, ControlError>;

impl Control {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let tenant = shared.world().platform();
        Self { shared, tenant }
    }

    /// Does work on the tenant's data, and has its events delivered.
    fn work<T>(&self, change: impl FnOnce(&mut Work<'_>) -> T) -> T {
        let mut world = self.shared.world();
        let result = change(&mut world.work(&self.tenant, None));
        drop(world);
        self.shared.stirred.notify_one();
        result
    }

    fn on_account<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Work<'_>, Row) -> T,
    ) -> ControlResult<T> {
        self.work(|work| match work.ledger.accounts.find(id) {
            Some(row) => Ok(change(work, row)),
            None => Err(ControlError::new(format!("there is no account {id} here"))),
        })
    }

    /// The same for the data of a connected account of Stripe, which requests reach with the
    /// `Stripe-Account` header.
    #[must_use]
    pub fn for_account(&self, id: impl Into<String>) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            tenant: Tenant {
                account: id.into(),
                ..self.tenant.clone()
            },
        }
    }

    /// The same in live mode, which requests reach with a key of [`KeyKind::Live`].
    #[must_use]
    pub fn in_live_mode(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            tenant: Tenant {
                livemode: true,
                ..self.tenant.clone()
            },
        }
    }

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

    /// Switches rate limits on or off. They are off at first.
    pub fn set_rate_limits(&self, on: bool) {
        self.shared.world().rate.enabled = on;
    }

    /// Adds a fault at the end of the script.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.world().faults.add(fault);
    }

    /// Forgets the faults that have not happened yet, and says how many there were.
    pub fn clear_faults(&self) -> usize {
        let faults = &mut self.shared.world().faults;
        let left = faults.len();
        faults.clear();
        left
    }

    /// Holds the next request of an operation: it takes its idempotency key, and then waits to be
    /// released before it is executed.
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

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.shared.world().log.clear();
    }

    /// How many POSTs of an operation took effect. Replays, refusals and faults before the effect
    /// do not count.
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
