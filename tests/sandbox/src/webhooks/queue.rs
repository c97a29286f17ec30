//! The queue of deliveries, and their retries.

use std::collections::BTreeMap;

use super::endpoint::Endpoint;
use super::signature::signature;
use crate::objects::Event;
use crate::store::Tenant;
use crate::system::Random;

/// A delivery of an event to an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    endpoint: usize,
    event: String,
    body: String,
    attempt: usize,
}

/// The outcome of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivered {
    /// The endpoint's id.
    pub endpoint: String,
    /// The event's id.
    pub event: String,
    /// Which attempt it was, from 1.
    pub attempt: usize,
    /// The status of the response; `None` if there was none.
    pub status: Option<u16>,
}

/// A delivery that is due, with everything that is needed to send it.
pub(crate) struct Parcel {
    pub(crate) url: String,
    pub(crate) signature: String,
    pub(crate) body: String,
    delivery: Delivery,
}

/// Endpoints and the deliveries to them.
#[derive(Debug)]
pub(crate) struct Webhooks {
    pub(crate) endpoints: Vec<Endpoint>,
    /// By due time, then by a number that keeps or shuffles the order.
    queue: BTreeMap<(i64, u64, u64), Delivery>,
    made: u64,
    /// The order of shuffled deliveries.
    order: Random,
    pub(crate) delivered: Vec<Delivered>,
}

impl Webhooks {
    /// No endpoints; `order` is where the order of shuffled deliveries comes from.
    pub(crate) const fn new(order: Random) -> Self {
        Self {
            endpoints: Vec::new(),
            queue: BTreeMap::new(),
            made: 0,
            order,
            delivered: Vec::new(),
        }
    }

    /// Turns an event into deliveries.
    pub(crate) fn dispatch(&mut self, event: &Event, tenant: &Tenant, now: i64) {
        for at in 0..self.endpoints.len() {
            let endpoint = &self.endpoints[at];
            let body = endpoint.body(event, tenant);
            let kind = body["type"].as_str().unwrap_or_default();
            if !endpoint.wants(tenant, kind) {
                continue;
            }
            let (copies, shuffled) = (endpoint.new.copies.max(1), endpoint.new.shuffled);
            for _ in 0..copies {
                let order = if shuffled { self.order.next() } else { 0 };
                let delivery = Delivery {
                    endpoint: at,
                    event: event.id.clone(),
                    body: body.to_string(),
                    attempt: 1,
                };
                self.push((now, order), delivery);
            }
        }
    }

    /// The next delivery that is due.
    pub(crate) fn take(&mut self, now: i64) -> Option<Parcel> {
        let entry = self.queue.first_entry()?;
        if entry.key().0 > now {
            return None;
        }
        let delivery = entry.remove();
        let endpoint = self.endpoints.get(delivery.endpoint)?;
        Some(Parcel {
            url: endpoint.new.url.clone(),
            signature: signature(&endpoint.secrets, now, &delivery.body),
            body: delivery.body.clone(),
            delivery,
        })
    }

    /// Records the outcome of a delivery; without an acknowledgement it is retried after the
    /// next of `waits`, in seconds.
    pub(crate) fn settle(&mut self, parcel: Parcel, status: Option<u16>, now: i64, waits: &[i64]) {
        let mut delivery = parcel.delivery;
        let endpoint = self.endpoints.get(delivery.endpoint);
        self.delivered.push(Delivered {
            endpoint: endpoint
                .map(|endpoint| endpoint.id.clone())
                .unwrap_or_default(),
            event: delivery.event.clone(),
            attempt: delivery.attempt,
            status,
        });
        let acknowledged = status.is_some_and(|status| (200..300).contains(&status));
        if !acknowledged && let Some(wait) = waits.get(delivery.attempt - 1) {
            delivery.attempt += 1;
            // A wait of zero would retry forever without the clock moving.
            self.push((now.saturating_add((*wait).max(1)), 0), delivery);
        }
    }

    fn push(&mut self, (due, order): (i64, u64), delivery: Delivery) {
        self.made += 1;
        self.queue.insert((due, order, self.made), delivery);
    }
}
