//! Events: listed and retrieved.

use std::sync::Arc;

use serde_json::Value;

use super::found::Found;
use crate::errors::ApiError;
use crate::wire::page::Window;
use crate::wire::params::words;
use crate::work::Work;

impl Work<'_> {
    /// `GET /v1/events`
    pub(crate) fn list_events(&mut self, params: &Value) -> Result<Found, ApiError> {
        let events = &self.ledger.events;
        let window = Window::read(params, self.settings, "event", |id| events.find(id))?;
        let mut wanted: Vec<&str> = words(&params["types"]).collect();
        wanted.extend(params["type"].as_str());
        let page = window.of(&events.rows(), |row| {
            let kind = events.get(row).map(|event| event.kind.as_str());
            wanted.is_empty() || kind.is_some_and(|kind| wanted.contains(&kind))
        });
        let found = page.items.iter().filter_map(|row| events.get(*row));
        let events = found.map(Arc::clone).collect();
        self.looked_at += page.looked_at;
        Ok(Found::Events {
            events,
            has_more: page.has_more,
        })
    }

    /// `GET /v1/events/{id}`
    pub(crate) fn retrieve_event(&self, id: &str) -> Result<Found, ApiError> {
        let events = &self.ledger.events;
        match events.find(id).and_then(|row| events.get(row)) {
            Some(event) => Ok(Found::Event(Arc::clone(event))),
            None => Err(ApiError::not_found("event", id, self.path_param("id"))),
        }
    }
}
