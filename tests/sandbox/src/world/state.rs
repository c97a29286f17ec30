//! The whole state of one sandbox, behind one lock.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::choices::KeyPolicy;
use crate::ledger::Ledger;
use crate::limits::TASKS_A_TURN;
use crate::objects::Cause;
use crate::settings::Settings;
use crate::store::{Row, Tenant};
use crate::system::{Clock, Random};
use crate::traffic::{Faults, Kept, KeyKind, Keys, RateLimits};
use crate::webhooks::Webhooks;
use crate::work::Work;

/// The state of a sandbox. A clone shares what does not change, and takes no time.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) keys: Keys,
    /// The accounts of Stripe that exist; the first is the platform itself.
    pub(crate) stripe_accounts: Vec<String>,
    pub(super) ledgers: BTreeMap<Tenant, Ledger>,
    pub(crate) kept: Kept,
    pub(crate) rate: RateLimits,
    pub(crate) faults: Faults,
    pub(crate) webhooks: Webhooks,
    pub(crate) outbox: Vec<(Tenant, Row)>,
}

impl World {
    pub(crate) fn new(seed: u64, settings: Settings, clock: Clock) -> Self {
        let mut random = Random::new(seed);
        let platform = random.id("acct_", 16);
        Self {
            settings: Arc::new(settings),
            clock,
            random,
            keys: Keys::default(),
            stripe_accounts: vec![platform],
            ledgers: BTreeMap::new(),
            kept: Kept::default(),
            rate: RateLimits::default(),
            faults: Faults::new(Random::new(seed ^ 0xfa17)),
            webhooks: Webhooks::new(Random::new(seed ^ 0xde11)),
            outbox: Vec::new(),
        }
    }

    /// The state to come back to. Requests in flight are not part of it.
    pub(crate) fn snapshot(&self) -> Self {
        let mut snapshot = self.clone();
        snapshot.kept.forget_running();
        snapshot.faults.forget_holds();
        snapshot.webhooks.recall();
        snapshot
    }

    /// An id of what the control surface keeps.
    pub(crate) fn random_id(&mut self, prefix: &str) -> String {
        self.random.id(prefix, 14)
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

    /// Makes this key the only one.
    pub(crate) fn pin_key(&mut self, key: String) {
        let live = key.starts_with("sk_live_") || key.starts_with("rk_live_");
        let kind = if live { KeyKind::Live } else { KeyKind::Secret };
        self.keys = Keys::default();
        self.keys.insert(key, kind);
        Arc::make_mut(&mut self.settings).keys = KeyPolicy::Listed;
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

    /// Moves the clock towards a time, and runs a turn of the tasks on the way. Says whether it has
    /// arrived.
    pub(crate) fn advance_towards(&mut self, until: i64) -> bool {
        for _ in 0..TASKS_A_TURN {
            let due = |(tenant, ledger): (&Tenant, &Ledger)| {
                Some((ledger.schedule.next()?, tenant.clone()))
            };
            match self.ledgers.iter().filter_map(due).min() {
                Some((due, tenant)) if due <= until => {
                    self.clock.reach(due);
                    self.work(&tenant, None);
                    // Before they are too old to be listed.
                    self.dispatch();
                }
                _ => {
                    self.clock.reach(until);
                    return true;
                }
            }
        }
        false
    }

    /// How many accounts are refreshed daily.
    pub(crate) fn daily_refreshes(&self) -> usize {
        let ledgers = self.ledgers.values();
        ledgers.map(|ledger| ledger.schedule.daily()).sum()
    }

    /// Turns new events into deliveries.
    pub(crate) fn dispatch(&mut self) {
        let now = self.clock.now();
        for (tenant, row) in std::mem::take(&mut self.outbox) {
            let events = self.ledgers.get(&tenant).map(|ledger| &ledger.events);
            if let Some(event) = events.and_then(|events| events.get(row)) {
                self.webhooks.dispatch(event, &tenant, now);
            }
        }
    }
}
