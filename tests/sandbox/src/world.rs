//! The whole state of one sandbox, behind one lock.

use std::collections::BTreeMap;

use crate::auth::{KeyKind, Keys};
use crate::clock::Clock;
use crate::faults::Faults;
use crate::idempotency::Kept;
use crate::log::Log;
use crate::random::Random;
use crate::rate::RateLimits;
use crate::settings::Settings;
use crate::store::{Ledger, Row, Tenant};
use crate::webhooks::Webhooks;
use crate::work::{Cause, Work};

/// Everything that a sandbox knows.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    /// Ids of requests come from a sequence of their own, so that asking changes no data.
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
    /// The order of deliveries that have none.
    pub(crate) delivery_order: Random,
    pub(crate) outbox: Vec<(Tenant, Row)>,
    /// What the sandbox did wrong.
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
            webhooks: Webhooks::default(),
            delivery_order: Random::new(seed ^ 0xde11),
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

    /// Opens a tenant's data for work, after everything that is due has happened.
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

    /// Lets everything happen that is due, for every tenant.
    pub(crate) fn settle(&mut self) {
        let tenants: Vec<Tenant> = self.ledgers.keys().cloned().collect();
        for tenant in &tenants {
            self.work(tenant, None);
        }
    }
}
