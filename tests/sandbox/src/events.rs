//! Events: what happened to an account, kept for listing and handed on for delivery.

use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::page::{self, Window};
use crate::store::{Row, Tenant};
use crate::work::{Cause, Work};

/// The start of every event type that the sandbox makes by itself.
const PREFIX: &str = "financial_connections.account.";

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    /// The whole type, as in `financial_connections.account.refreshed_balance`.
    pub(crate) kind: String,
    pub(crate) created: i64,
    /// The object as it was then.
    pub(crate) object: Value,
    pub(crate) cause: Option<Cause>,
}

impl Event {
    /// The event with its object.
    pub(crate) fn snapshot(&self, tenant: &Tenant, connected: bool, api_version: &str) -> Value {
        let request = self.cause.as_ref();
        let mut event = json!({
            "id": self.id,
            "object": "event",
            "api_version": api_version,
            "created": self.created,
            "data": {"object": self.object},
            "livemode": tenant.livemode,
            "pending_webhooks": 0,
            "request": {
                "id": request.map(|cause| cause.request.as_str()),
                "idempotency_key": request.and_then(|cause| cause.idempotency_key.as_deref()),
            },
            "type": self.kind,
        });
        if connected {
            event["account"] = tenant.account.as_str().into();
        }
        event
    }
}

impl Work<'_> {
    /// Records that something happened to an account, as it is now.
    pub(crate) fn emit(&mut self, what: &'static str, account: Row) {
        if !self.emits {
            return;
        }
        let object = self.render_account(account);
        self.record(format!("{PREFIX}{what}"), object);
    }

    /// Records an event of any type, and gives its id.
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

impl Work<'_> {
    /// `GET /v1/events`
    pub(crate) fn list_events(
        &mut self,
        params: &Value,
        connected: bool,
        version: &str,
    ) -> Result<Value, ApiError> {
        let events = &self.ledger.events;
        let window = Window::read(params, self.settings, "event", |id| events.find(id))?;
        let mut wanted: Vec<&str> = params["types"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        wanted.extend(params["type"].as_str());
        let index = (0..events.len()).collect();
        let page = window.of(&index, |row| {
            wanted.is_empty() || wanted.contains(&events.get(row).kind.as_str())
        });
        let data = page
            .items
            .iter()
            .map(|row| events.get(*row).snapshot(self.tenant, connected, version))
            .collect();
        self.looked_at += page.looked_at;
        Ok(page::list("/v1/events", data, page.has_more))
    }

    /// `GET /v1/events/{id}`
    pub(crate) fn retrieve_event(
        &self,
        id: &str,
        connected: bool,
        version: &str,
    ) -> Result<Value, ApiError> {
        match self.ledger.events.by_id(id) {
            Some(event) => Ok(event.snapshot(self.tenant, connected, version)),
            None => Err(ApiError::not_found("event", id, self.path_param("id"))),
        }
    }
}
