//! Events: listed and retrieved.

use serde_json::Value;

use crate::errors::ApiError;
use crate::wire::page::{self, Window};
use crate::wire::params::words;
use crate::work::Work;

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
        let mut wanted: Vec<&str> = words(&params["types"]).collect();
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
