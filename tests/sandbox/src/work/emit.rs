//! Recording events, for listing and for delivery.

use serde_json::Value;

use super::unit::Work;
use crate::limits::EVENT_BYTES;
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
        self.record(format!("{PREFIX}{what}"), &object);
    }

    /// The id of the newest event of a type that is about an account.
    pub(crate) fn newest_event(&self, kind: &str, account: Row) -> Option<String> {
        let events = &self.ledger.events;
        let about = format!("\"id\":\"{}\"", self.ledger.accounts.get(account).id);
        let mut newest_first = events.rows().rev().filter_map(|row| events.get(row));
        let found = newest_first.find(|event| event.kind == kind && event.object.contains(&about));
        found.map(|event| event.id.clone())
    }

    /// Records an event of any type, and returns its id.
    pub(crate) fn record(&mut self, kind: String, object: &Value) -> String {
        let id = self.random.id("evt_", 24);
        let event = Event {
            id: id.clone(),
            kind,
            created: self.now,
            object: object.to_string().into(),
            cause: self.cause.clone(),
        };
        let bytes = event.bytes();
        let row = self.ledger.events.push(&id, event, bytes, EVENT_BYTES);
        self.outbox.push((self.tenant.clone(), row));
        id
    }
}
