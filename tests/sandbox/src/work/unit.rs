//! A unit of work: one tenant's data with everything that a change needs.

use serde_json::Value;

use crate::ledger::Ledger;
use crate::objects::Cause;
use crate::settings::Settings;
use crate::store::{Row, Tenant};
use crate::system::Random;

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
    /// How many entries of an index were visited.
    pub(crate) looked_at: usize,
    /// Off while data is seeded: seeded data has no events.
    pub(crate) emits: bool,
    /// The accounts of Stripe that exist, for references to them.
    pub(crate) stripe_accounts: &'a [String],
}

impl Work<'_> {
    pub(crate) fn render_account(&self, row: Row) -> Value {
        self.ledger
            .accounts
            .get(row)
            .render(self.tenant, self.settings.disconnected_data)
    }
}
