//! Webhook endpoints.

use serde_json::Value;

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::webhooks::{Delivered, Endpoint, NewEndpoint, target};
use crate::world::deliver;

/// A registered endpoint, with its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookEndpoint {
    /// Its id.
    pub id: String,
    /// The secret that its events are signed with.
    pub secret: String,
}

impl Control {
    /// Registers an endpoint for the events to come.
    ///
    /// # Errors
    ///
    /// When the address is not one of plain HTTP with a port, as in `http://127.0.0.1:4000/hook`.
    pub fn create_webhook_endpoint(&self, new: NewEndpoint) -> ControlResult<WebhookEndpoint> {
        if target(&new.url).is_none() {
            return Err(ControlError::new(format!(
                "events are delivered to addresses like http://127.0.0.1:4000/hook, and not to {}",
                new.url
            )));
        }
        let mut world = self.shared.world();
        // It gets no events from before its registration.
        world.dispatch();
        let id = world.random.id("we_", 24);
        let secret = match &new.secret {
            Some(secret) => secret.clone(),
            None => world.random.id("whsec_", 32),
        };
        world.webhooks.endpoints.push(Endpoint {
            id: id.clone(),
            tenant: self.tenant.clone(),
            new,
            secrets: vec![secret.clone()],
        });
        Ok(WebhookEndpoint { id, secret })
    }

    /// Adds a secret to an endpoint. The old ones keep signing beside it.
    ///
    /// # Errors
    ///
    /// When there is no such endpoint.
    pub fn roll_webhook_secret(&self, endpoint: &str) -> ControlResult<String> {
        let mut world = self.shared.world();
        let secret = world.random.id("whsec_", 32);
        let endpoints = &mut world.webhooks.endpoints;
        match endpoints.iter_mut().find(|known| known.id == endpoint) {
            Some(known) => {
                known.secrets.insert(0, secret.clone());
                Ok(secret)
            }
            None => Err(ControlError::new(format!(
                "there is no endpoint {endpoint}"
            ))),
        }
    }

    /// Sends an event of a type that the sandbox does not cause itself, such as one of an
    /// authorization, and returns its id.
    ///
    /// `object` is what the event is about. It is sent verbatim, without validation.
    pub fn send_event(&self, kind: &str, object: Value) -> String {
        self.work(|work| work.record(kind.to_owned(), object))
    }

    /// Delivers every event that is due, and returns when none is. What was not acknowledged is due
    /// again when the clock has moved; see [`Control::advance`].
    pub async fn deliver_webhooks(&self) {
        deliver::deliver_due(&self.shared).await;
    }

    /// The outcomes of the deliveries so far.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivered> {
        self.shared.world().webhooks.delivered.clone()
    }
}
