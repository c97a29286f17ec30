//! Webhook endpoints.

use serde_json::Value;

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::limits::ENDPOINTS;
use crate::webhooks::{Delivered, Endpoint, NewEndpoint};
use crate::world::deliver;

/// A registered endpoint, with its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookEndpoint {
    /// Its id.
    pub id: String,
    /// The secret that its events are signed with.
    pub secret: String,
    /// Its address.
    pub url: String,
}

impl WebhookEndpoint {
    fn of(endpoint: &Endpoint) -> Self {
        Self {
            id: endpoint.id.clone(),
            secret: endpoint.secrets.first().cloned().unwrap_or_default(),
            url: endpoint.new.url.clone(),
        }
    }
}

fn unknown(endpoint: &str) -> ControlError {
    ControlError::new(format!("there is no endpoint {endpoint}"))
}

impl Control {
    /// Registers an endpoint for the events to come.
    ///
    /// # Errors
    ///
    /// When the address is not one of HTTP or HTTPS, as in `http://127.0.0.1:4000/hook`, when another value is out of its range, or when there are a hundred endpoints already.
    pub fn create_webhook_endpoint(&self, new: NewEndpoint) -> ControlResult<WebhookEndpoint> {
        new.check()?;
        let mut world = self.shared.world();
        if world.webhooks.endpoints.len() >= ENDPOINTS {
            return Err(ControlError::new(format!(
                "there may be {ENDPOINTS} webhook endpoints"
            )));
        }
        // It gets no events from before its registration.
        world.dispatch();
        let id = world.random.id("we_", 24);
        let secret = match &new.secret {
            Some(secret) => secret.clone(),
            None => world.random.id("whsec_", 32),
        };
        let endpoint = Endpoint {
            id,
            tenant: self.tenant.clone(),
            new,
            secrets: vec![secret],
        };
        let shown = WebhookEndpoint::of(&endpoint);
        world.webhooks.endpoints.push(endpoint);
        Ok(shown)
    }

    /// The endpoints, oldest first.
    #[must_use]
    pub fn webhook_endpoints(&self) -> Vec<WebhookEndpoint> {
        let world = self.shared.world();
        let endpoints = world.webhooks.endpoints.iter();
        endpoints.map(WebhookEndpoint::of).collect()
    }

    /// Removes an endpoint, and what was to be delivered to it.
    ///
    /// # Errors
    ///
    /// When there is no such endpoint.
    pub fn delete_webhook_endpoint(&self, id: &str) -> ControlResult<()> {
        let removed = self.shared.world().webhooks.remove(id);
        removed.map(drop).ok_or_else(|| unknown(id))
    }

    /// Delivers an event once more, to one endpoint or to all that want it.
    ///
    /// # Errors
    ///
    /// When there is no such event, or no such endpoint.
    pub fn resend_event(&self, event: &str, endpoint: Option<&str>) -> ControlResult<()> {
        let mut world = self.shared.world();
        world.dispatch();
        let now = world.clock.now();
        let events = world.ledger(&self.tenant).map(|ledger| &ledger.events);
        let found = events.and_then(|events| events.get(events.find(event)?).cloned());
        let found =
            found.ok_or_else(|| ControlError::new(format!("there is no event {event} here")))?;
        match endpoint {
            None => world.webhooks.dispatch(&found, &self.tenant, now),
            Some(id) => {
                let mut endpoints = world.webhooks.endpoints.iter();
                let at = endpoints.position(|known| known.id == id);
                let at = at.ok_or_else(|| unknown(id))?;
                world.webhooks.deliver(at, &found, &self.tenant, now, true);
            }
        }
        drop(world);
        self.shared.stirred.notify_one();
        Ok(())
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
            None => Err(unknown(endpoint)),
        }
    }

    /// Sends an event of a type that the sandbox does not cause itself, such as one of an
    /// authorization, and returns its id.
    ///
    /// `object` is what the event is about. It is sent verbatim, without validation.
    ///
    /// # Panics
    ///
    /// When [`Control::try_send_event`] fails.
    #[track_caller]
    pub fn send_event(&self, kind: &str, object: Value) -> String {
        match self.try_send_event(kind, &object) {
            Ok(id) => id,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same, for a type that may be wrong.
    ///
    /// # Errors
    ///
    /// When the type is empty or longer than 255 characters.
    pub fn try_send_event(&self, kind: &str, object: &Value) -> ControlResult<String> {
        if kind.is_empty() || kind.len() > 255 {
            return Err(ControlError::new(
                "the type of an event has 1 to 255 characters",
            ));
        }
        Ok(self.work(|work| work.record(kind.to_owned(), object)))
    }

    /// Delivers every event that is due, and returns when none is. What was not acknowledged is due
    /// again when the clock has moved; see [`Control::advance`].
    pub async fn deliver_webhooks(&self) {
        deliver::until_settled(&self.shared).await;
    }

    /// The outcomes of the last deliveries, oldest first: 10,000 at most.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivered> {
        self.deliveries_after(0, usize::MAX).0
    }

    /// The deliveries above a number, and whether there are more than `most` of them.
    pub(super) fn deliveries_after(&self, number: u64, most: usize) -> (Vec<Delivered>, bool) {
        self.shared.world().webhooks.delivered_after(number, most)
    }
}
