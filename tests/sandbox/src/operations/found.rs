//! What an operation found in the world.

use std::sync::Arc;

use serde_json::Value;

use crate::objects::Event;
use crate::store::Tenant;
use crate::wire::page;

/// What an operation found in the world. Events are rendered once the world is free again.
pub(crate) enum Found {
    Object(Value),
    Event(Arc<Event>),
    /// The event in its thin form.
    CoreEvent(Arc<Event>),
    Events {
        events: Vec<Arc<Event>>,
        has_more: bool,
    },
}

impl Found {
    /// The response. With `connected`, events name the account that they are about.
    pub(crate) fn render(self, tenant: &Tenant, connected: bool, version: &str) -> Value {
        let snapshot = |event: &Arc<Event>| event.snapshot(tenant, connected, version);
        match self {
            Self::Object(object) => object,
            Self::Event(event) => snapshot(&event),
            Self::CoreEvent(event) => event.thin(tenant, connected, version),
            Self::Events { events, has_more } => {
                let data = events.iter().map(snapshot).collect();
                page::list("/v1/events", data, has_more)
            }
        }
    }
}
