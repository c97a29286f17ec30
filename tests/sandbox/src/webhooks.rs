//! Webhooks: who is told of events, in which form, and when again.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::document::Document;
use crate::events::Event;
use crate::kinds::EventStyle;
use crate::store::{Row, Tenant};
use crate::world::World;

/// An endpoint to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEndpoint {
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
    pub(crate) events: Vec<String>,
    pub(crate) api_version: String,
    pub(crate) style: EventStyle,
    pub(crate) copies: u32,
    pub(crate) shuffled: bool,
    pub(crate) connect: bool,
}

impl NewEndpoint {
    /// An endpoint at this address, for snapshots of every event in the pinned version.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            secret: None,
            events: Vec::new(),
            api_version: Document::get().version().to_owned(),
            style: EventStyle::Snapshot,
            copies: 1,
            shuffled: false,
            connect: false,
        }
    }

    /// With this signing secret; otherwise with one of the sandbox's own.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Only for these types of events.
    #[must_use]
    pub fn events(mut self, types: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.events = types.into_iter().map(Into::into).collect();
        self
    }

    /// In this API version, which is the endpoint's and not the one of any request.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = version.into();
        self
    }

    /// For events of this style.
    #[must_use]
    pub const fn style(mut self, style: EventStyle) -> Self {
        self.style = style;
        self
    }

    /// With every event sent this many times, at least once.
    #[must_use]
    pub const fn copies(mut self, copies: u32) -> Self {
        self.copies = copies;
        self
    }

    /// With events that wait together sent in no order.
    #[must_use]
    pub const fn shuffled(mut self) -> Self {
        self.shuffled = true;
        self
    }

    /// For the events of connected accounts in place of the platform's own.
    #[must_use]
    pub const fn connect(mut self) -> Self {
        self.connect = true;
        self
    }
}

/// A registered endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) id: String,
    pub(crate) tenant: Tenant,
    pub(crate) new: NewEndpoint,
    /// The newest first; several while secrets are rolled.
    pub(crate) secrets: Vec<String>,
}

impl Endpoint {
    fn wants(&self, tenant: &Tenant, kind: &str) -> bool {
        let whose = if self.new.connect {
            tenant.livemode == self.tenant.livemode && tenant.account != self.tenant.account
        } else {
            *tenant == self.tenant
        };
        let events = &self.new.events;
        whose && (events.is_empty() || events.iter().any(|wanted| wanted == kind || wanted == "*"))
    }

    fn body(&self, event: &Event, tenant: &Tenant) -> Value {
        match self.new.style {
            EventStyle::Snapshot => event.snapshot(tenant, self.new.connect, &self.new.api_version),
            EventStyle::Thin => event.thin(tenant, self.new.connect, &self.new.api_version),
        }
    }
}

/// One sending of an event to an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    endpoint: usize,
    event: String,
    body: String,
    attempt: usize,
}

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivered {
    /// The endpoint's id.
    pub endpoint: String,
    /// The event's id.
    pub event: String,
    /// Which attempt it was, from 1.
    pub attempt: usize,
    /// The status that was answered; `None` when there was no answer.
    pub status: Option<u16>,
}

/// A delivery that is due, with everything that sending takes.
pub(crate) struct Parcel {
    pub(crate) url: String,
    pub(crate) signature: String,
    pub(crate) body: String,
    delivery: Delivery,
}

/// Endpoints and what is on its way to them.
#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    pub(crate) endpoints: Vec<Endpoint>,
    /// By when it is due, then by a number that is the order, or no order.
    queue: BTreeMap<(i64, u64, u64), Delivery>,
    made: u64,
    pub(crate) delivered: Vec<Delivered>,
}

impl World {
    /// Turns new events into deliveries.
    pub(crate) fn dispatch(&mut self) {
        let now = self.clock.now();
        for (tenant, row) in std::mem::take(&mut self.outbox) {
            let Some(event) = self.event(&tenant, row).cloned() else {
                continue;
            };
            for at in 0..self.webhooks.endpoints.len() {
                let endpoint = &self.webhooks.endpoints[at];
                let body = endpoint.body(&event, &tenant);
                let kind = body["type"].as_str().unwrap_or_default();
                if !endpoint.wants(&tenant, kind) {
                    continue;
                }
                let (copies, shuffled) = (endpoint.new.copies.max(1), endpoint.new.shuffled);
                for _ in 0..copies {
                    let order = if shuffled {
                        self.delivery_order.next()
                    } else {
                        0
                    };
                    let delivery = Delivery {
                        endpoint: at,
                        event: event.id.clone(),
                        body: body.to_string(),
                        attempt: 1,
                    };
                    self.webhooks.push((now, order), delivery);
                }
            }
        }
    }

    fn event(&self, tenant: &Tenant, row: Row) -> Option<&Event> {
        Some(self.ledger(tenant)?.events.get(row))
    }

    /// The next delivery that is due.
    pub(crate) fn take_delivery(&mut self) -> Option<Parcel> {
        let now = self.clock.now();
        let webhooks = &mut self.webhooks;
        let entry = webhooks.queue.first_entry()?;
        if entry.key().0 > now {
            return None;
        }
        let delivery = entry.remove();
        let endpoint = webhooks.endpoints.get(delivery.endpoint)?;
        Some(Parcel {
            url: endpoint.new.url.clone(),
            signature: signature(&endpoint.secrets, now, &delivery.body),
            body: delivery.body.clone(),
            delivery,
        })
    }

    /// Records what became of a delivery; without an acknowledgement it is tried again later.
    pub(crate) fn settle_delivery(&mut self, parcel: Parcel, status: Option<u16>) {
        let now = self.clock.now();
        let mut delivery = parcel.delivery;
        let endpoint = self.webhooks.endpoints.get(delivery.endpoint);
        self.webhooks.delivered.push(Delivered {
            endpoint: endpoint
                .map(|endpoint| endpoint.id.clone())
                .unwrap_or_default(),
            event: delivery.event.clone(),
            attempt: delivery.attempt,
            status,
        });
        let acknowledged = status.is_some_and(|status| (200..300).contains(&status));
        let waits = &self.settings.webhook_retry_seconds;
        if !acknowledged && let Some(wait) = waits.get(delivery.attempt - 1) {
            delivery.attempt += 1;
            // A wait of nothing would try for ever without the clock moving.
            self.webhooks
                .push((now.saturating_add((*wait).max(1)), 0), delivery);
        }
    }
}

impl Webhooks {
    fn push(&mut self, (due, order): (i64, u64), delivery: Delivery) {
        self.made += 1;
        self.queue.insert((due, order, self.made), delivery);
    }
}

/// The `Stripe-Signature` header: a time, and a signature by every secret that is valid.
pub(crate) fn signature(secrets: &[String], at: i64, body: &str) -> String {
    let mut header = format!("t={at}");
    for secret in secrets {
        // HMAC takes keys of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
            mac.update(format!("{at}.{body}").as_bytes());
            header.push_str(",v1=");
            header.push_str(&hex::encode(mac.finalize().into_bytes()));
        }
    }
    header
}

impl Event {
    /// The event without its object, which is to be fetched.
    pub(crate) fn thin(&self, tenant: &Tenant, connected: bool, api_version: &str) -> Value {
        let id = self.object["id"].as_str().unwrap_or_default();
        let object = self.object["object"].as_str().unwrap_or_default();
        let collection = object.rsplit('.').next().unwrap_or_default();
        let mut event = json!({
            "id": self.id,
            "object": "v2.core.event",
            "created": timestamp(self.created),
            "livemode": tenant.livemode,
            "related_object": {
                "id": id,
                "type": object,
                "url": format!("/v1/financial_connections/{collection}s/{id}"),
            },
            "type": format!("v1.{}", self.thin_kind(api_version)),
        });
        if connected {
            event["context"] = tenant.account.as_str().into();
        }
        if let Some(cause) = &self.cause {
            event["reason"] = json!({
                "type": "request",
                "request": {"id": cause.request, "idempotency_key": cause.idempotency_key},
            });
        }
        event
    }

    /// From 2026-10-28 on, success and failure of a refresh are thin events of their own.
    fn thin_kind(&self, api_version: &str) -> String {
        let (family, what) = self.kind.rsplit_once('.').unwrap_or_default();
        let split = match what {
            "refreshed_balance" => Some(("balance", "balance_refresh")),
            "refreshed_ownership" => Some(("ownership", "ownership_refresh")),
            "refreshed_transactions" => Some(("transactions", "transaction_refresh")),
            _ => None,
        };
        match split {
            Some((name, field)) if api_version >= "2026-10-28" => {
                let status = self.object[field]["status"].as_str().unwrap_or_default();
                format!("{family}.{name}_refresh_{status}")
            }
            _ => self.kind.clone(),
        }
    }
}

/// Seconds since 1970 as RFC 3339, which thin events want.
fn timestamp(unix_seconds: i64) -> String {
    let days = unix_seconds.div_euclid(86_400);
    let second = unix_seconds.rem_euclid(86_400);
    // The civil calendar, counted in eras of 400 years from the first of March of the year 0.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.000Z",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::{signature, timestamp};

    #[test]
    fn timestamps_are_of_the_civil_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_827_696, "2000-02-29T12:34:56.000Z"),
            (1_790_812_800, "2026-10-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(timestamp(seconds), text);
        }
    }

    #[test]
    fn every_valid_secret_signs() {
        let header = signature(&["whsec_a".to_owned(), "whsec_b".to_owned()], 12, "{}");
        let parts: Vec<&str> = header.split(',').collect();
        assert_eq!(parts[0], "t=12");
        assert_eq!(parts.len(), 3);
        assert_ne!(parts[1], parts[2]);
    }
}
