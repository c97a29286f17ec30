//! Recording events, for listing and for delivery.

use serde_json::Value;

use super::unit::Work;
use crate::objects::Event;
use crate::store::Row;

/// The prefix of every event type that the sandbox causes itself.
const PREFIX: &str = "financial_connections.account.";

impl Work<'_> {
    /// Records an event of an account, with the account as it is now.
    pub(crate) fn emit(&mut self, what: &'static str, account: Row) {
        if !self.emits {
            return;
        }
        let object = self.render_account(account);
        self.record(format!("{PREFIX}{what}"), object);
    }

    /// Records an event of any type, and returns its id.
    pub(crate) fn record(&mut self, kind: String, object: Value) -> String {
        let id = self.random.id("evt_", 24);
        let event = Event {
            id: id.clone(),
            kind,
            created: self.now,
            object,
            cause: self.cause.clone(),
        };
        let row = self.ledger.events.push(&id, event);
        self.outbox.push((self.tenant.clone(), row));
        id
    }
}
