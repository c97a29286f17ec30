//! Events: what happened to an account.

use serde_json::{Value, json};

use crate::api::history;
use crate::store::Tenant;

/// The request that caused a change, as events name it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub(crate) struct Cause {
    pub(crate) request: String,
    pub(crate) idempotency_key: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    /// The whole type, as in `financial_connections.account.refreshed_balance`.
    pub(crate) kind: String,
    pub(crate) created: i64,
    /// The object at that time, as JSON: a tree of it takes several times the memory.
    pub(crate) object: Box<str>,
    pub(crate) cause: Option<Cause>,
}

impl Event {
    /// The memory that it takes, about.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>() + 2 * self.id.len() + self.kind.len() + self.object.len() + 128
    }

    /// The object at that time.
    pub(crate) fn object(&self) -> Value {
        // It was written here, from a value.
        serde_json::from_str(&self.object).unwrap_or(Value::Null)
    }

    /// The event with its object.
    pub(crate) fn snapshot(&self, tenant: &Tenant, connected: bool, api_version: &str) -> Value {
        let request = self.cause.as_ref();
        let mut object = self.object();
        history::cut(&mut object, api_version);
        let mut event = json!({
            "id": self.id,
            "object": "event",
            "api_version": api_version,
            "created": self.created,
            "data": {"object": object},
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
