//! A unit of work: one tenant's data with everything that changing it takes.

use crate::kinds::Feature;
use crate::random::Random;
use crate::settings::Settings;
use crate::store::{Ledger, Row, Tenant};

/// The request that caused a change, as events name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) request: String,
    pub(crate) idempotency_key: Option<String>,
}

/// One tenant's data, open for changes.
pub(crate) struct Work<'a> {
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) tenant: &'a Tenant,
    pub(crate) settings: &'a Settings,
    pub(crate) random: &'a mut Random,
    pub(crate) now: i64,
    pub(crate) cause: Option<Cause>,
    /// Events made here, to be delivered.
    pub(crate) outbox: &'a mut Vec<(Tenant, Row)>,
    /// How many entries of an index were looked at.
    pub(crate) looked_at: usize,
    /// Off while data is seeded: what was there before has no events.
    pub(crate) emits: bool,
    /// The accounts of Stripe that exist, for references to them.
    pub(crate) stripe_accounts: &'a [String],
}

impl Work<'_> {
    /// Lets everything happen that is due.
    pub(crate) fn settle(&mut self) {
        let until = self.now;
        while let Some((due, task)) = self.ledger.schedule.take_due(until) {
            // What happens at its own time may ask for more before `until`.
            self.now = due;
            self.run(task);
        }
        self.now = until;
    }

    /// Counts a retrieve of an account, which may be the one that a pending refresh waits for.
    pub(crate) fn seen(&mut self, account: Row) {
        for feature in Feature::ALL {
            let Some(refresh) = self.ledger.accounts.get_mut(account).refresh_mut(*feature) else {
                continue;
            };
            if !refresh.is_pending() {
                continue;
            }
            let Some(left) = &mut refresh.retrieves_left else {
                continue;
            };
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.end_refresh(account, *feature);
            }
        }
    }
}
