//! Events: listed and retrieved.

use std::sync::Arc;

use serde_json::Value;

use super::found::Found;
use super::times::Times;
use crate::errors::ApiError;
use crate::objects::Event;
use crate::wire::page::Window;
use crate::wire::params::words;
use crate::work::Work;

impl Work<'_> {
    /// `GET /v1/events`
    pub(crate) fn list_events(&mut self, params: &Value) -> Result<Found, ApiError> {
        let events = &self.ledger.events;
        let window = Window::read(params, self.settings, "event", |id| events.find(id))?;
        let mut wanted: Vec<&str> = words(&params["types"]).collect();
        if let Some(kind) = params["type"].as_str() {
            if !wanted.is_empty() {
                return Err(ApiError::invalid("Pass only one of type and types.").param("type"));
            }
            wanted.push(kind);
        }
        let created = Times::read(&params["created"]);
        let page = window.of(&events.rows(), |row| {
            events.get(row).is_some_and(|event| {
                let is_wanted = |pattern: &&str| is_like(pattern, &event.kind);
                created.holds(event.created) && (wanted.is_empty() || wanted.iter().any(is_wanted))
            })
        });
        let found = page.items.iter().filter_map(|row| events.get(*row));
        let events = found.map(Arc::clone).collect();
        self.looked_at += page.looked_at;
        Ok(Found::Events {
            events,
            has_more: page.has_more,
        })
    }

    /// `GET /v1/events/{id}` and `GET /v2/core/events/{id}`
    pub(crate) fn retrieve_event(&self, id: &str) -> Result<Arc<Event>, ApiError> {
        let events = &self.ledger.events;
        match events.find(id).and_then(|row| events.get(row)) {
            Some(event) => Ok(Arc::clone(event)),
            None => Err(ApiError::not_found("event", id, self.path_param("id"))),
        }
    }
}

/// Whether a type is wanted: `financial_connections.*` stands for all that begin like this.
fn is_like(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => kind.starts_with(start),
        None => pattern == kind,
    }
}
