//! The whole state of one sandbox, behind one lock.

use std::collections::BTreeMap;

use crate::ledger::Ledger;
use crate::objects::Cause;
use crate::settings::Settings;
use crate::store::{Row, Tenant};
use crate::system::{Clock, Random};
use crate::traffic::{Faults, Kept, KeyKind, Keys, Log, RateLimits};
use crate::webhooks::{Parcel, Webhooks};
use crate::work::Work;

/// The state of a sandbox.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    /// Request ids have a separate sequence, so that requests do not change generated data.
    pub(crate) request_ids: Random,
    pub(crate) keys: Keys,
    /// The accounts of Stripe that exist; the first is the platform itself.
    pub(crate) stripe_accounts: Vec<String>,
    ledgers: BTreeMap<Tenant, Ledger>,
    pub(crate) kept: Kept,
    pub(crate) rate: RateLimits,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) webhooks: Webhooks,
    pub(crate) outbox: Vec<(Tenant, Row)>,
    /// Mistakes of the sandbox itself.
    pub(crate) violations: Vec<String>,
}

impl World {
    pub(crate) fn new(seed: u64, settings: Settings, clock: Clock) -> Self {
        let mut random = Random::new(seed);
        let platform = random.id("acct_", 16);
        Self {
            settings,
            clock,
            random,
            request_ids: Random::new(seed ^ 0x5eed),
            keys: Keys::default(),
            stripe_accounts: vec![platform],
            ledgers: BTreeMap::new(),
            kept: Kept::default(),
            rate: RateLimits::default(),
            faults: Faults::default(),
            log: Log::default(),
            webhooks: Webhooks::new(Random::new(seed ^ 0xde11)),
            outbox: Vec::new(),
            violations: Vec::new(),
        }
    }

    /// Makes a key of a kind.
    pub(crate) fn make_key(&mut self, kind: KeyKind) -> String {
        let prefix = match kind {
            KeyKind::Live => "sk_live_",
            KeyKind::Restricted(_) => "rk_test_",
            KeyKind::Secret | KeyKind::Expired | KeyKind::Application => "sk_test_",
        };
        let key = self.random.id(prefix, 24);
        self.keys.insert(key.clone(), kind);
        key
    }

    /// The platform's own data in test mode.
    pub(crate) fn platform(&self) -> Tenant {
        Tenant {
            account: self.stripe_accounts.first().cloned().unwrap_or_default(),
            livemode: false,
        }
    }

    pub(crate) fn ledger(&self, tenant: &Tenant) -> Option<&Ledger> {
        self.ledgers.get(tenant)
    }

    /// Opens a tenant's data for changes, once every due task has run.
    pub(crate) fn work<'a>(&'a mut self, tenant: &'a Tenant, cause: Option<Cause>) -> Work<'a> {
        let mut work = Work {
            ledger: self.ledgers.entry(tenant.clone()).or_default(),
            tenant,
            settings: &self.settings,
            random: &mut self.random,
            now: self.clock.now(),
            cause: None,
            outbox: &mut self.outbox,
            looked_at: 0,
            emits: true,
            stripe_accounts: &self.stripe_accounts,
        };
        work.settle();
        work.cause = cause;
        work
    }

    /// Runs every due task, for every tenant.
    pub(crate) fn settle(&mut self) {
        let tenants: Vec<Tenant> = self.ledgers.keys().cloned().collect();
        for tenant in &tenants {
            self.work(tenant, None);
        }
    }

    /// Turns new events into deliveries.
    pub(crate) fn dispatch(&mut self) {
        let now = self.clock.now();
        for (tenant, row) in std::mem::take(&mut self.outbox) {
            if let Some(ledger) = self.ledgers.get(&tenant) {
                self.webhooks.dispatch(ledger.events.get(row), &tenant, now);
            }
        }
    }

    /// The next delivery that is due.
    pub(crate) fn take_delivery(&mut self) -> Option<Parcel> {
        self.webhooks.take(self.clock.now())
    }

    /// Records the outcome of a delivery.
    pub(crate) fn settle_delivery(&mut self, parcel: Parcel, status: Option<u16>) {
        let (now, waits) = (self.clock.now(), &self.settings.webhook_retry_seconds);
        self.webhooks.settle(parcel, status, now, waits);
    }
}
