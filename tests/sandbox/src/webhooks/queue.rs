//! The queue of deliveries, and their retries.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::endpoint::Endpoint;
use super::signature::signature;
use crate::limits::DELIVERIES;
use crate::objects::Event;
use crate::store::Tenant;
use crate::system::Random;

/// A delivery of an event to an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    endpoint: String,
    event: String,
    kind: String,
    body: String,
    attempt: usize,
    due: i64,
}

/// The outcome of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivered {
    /// Its number, from 1.
    pub number: u64,
    /// The endpoint's id.
    pub endpoint: String,
    /// The endpoint's address.
    pub url: String,
    /// The event's id.
    pub event: String,
    /// The event's type, as it was delivered.
    pub kind: String,
    /// Which attempt it was, from 1.
    pub attempt: usize,
    /// The status of the response; `None` if there was none.
    pub status: Option<u16>,
    /// When it is tried again, in seconds since 1970; `None` if it is not.
    pub next_attempt_at: Option<i64>,
}

/// The callback for every delivery.
pub(crate) type OnDelivery = Box<dyn Fn(&Delivered) + Send + Sync>;

/// A delivery that is due, with everything that is needed to send it.
pub(crate) struct Parcel {
    pub(crate) url: String,
    pub(crate) signature: String,
    pub(crate) body: String,
}

/// Endpoints and the deliveries to them. Each endpoint gets one after the other, and none waits for
/// another.
#[derive(Clone, Debug)]
pub(crate) struct Webhooks {
    pub(crate) endpoints: Vec<Endpoint>,
    /// By due time, then by a number that keeps or shuffles the order.
    queue: BTreeMap<(i64, u64, u64), Delivery>,
    /// What is on its way, by endpoint.
    in_flight: BTreeMap<String, Delivery>,
    made: u64,
    /// The order of shuffled deliveries.
    order: Random,
    delivered: VecDeque<Delivered>,
    outcomes: u64,
}

impl Webhooks {
    /// No endpoints; `order` is where the order of shuffled deliveries comes from.
    pub(crate) const fn new(order: Random) -> Self {
        Self {
            endpoints: Vec::new(),
            queue: BTreeMap::new(),
            in_flight: BTreeMap::new(),
            made: 0,
            order,
            delivered: VecDeque::new(),
            outcomes: 0,
        }
    }

    /// Turns an event into deliveries.
    pub(crate) fn dispatch(&mut self, event: &Event, tenant: &Tenant, now: i64) {
        for at in 0..self.endpoints.len() {
            self.deliver(at, event, tenant, now, false);
        }
    }

    /// Delivers an event to an endpoint that wants it, or once more to one that had it.
    pub(crate) fn deliver(
        &mut self,
        endpoint: usize,
        event: &Event,
        tenant: &Tenant,
        now: i64,
        again: bool,
    ) {
        let endpoint = &self.endpoints[endpoint];
        let body = endpoint.body(event, tenant);
        let kind = body["type"].as_str().unwrap_or_default().to_owned();
        if !again && !endpoint.wants(tenant, &kind) {
            return;
        }
        let copies = if again { 1 } else { endpoint.new.copies.max(1) };
        let (id, shuffled) = (endpoint.id.clone(), endpoint.new.shuffled);
        let body = body.to_string();
        for _ in 0..copies {
            let order = if shuffled { self.order.next() } else { 0 };
            let delivery = Delivery {
                endpoint: id.clone(),
                event: event.id.clone(),
                kind: kind.clone(),
                body: body.clone(),
                attempt: 1,
                due: now,
            };
            self.push(order, delivery);
        }
    }

    /// Removes an endpoint, and what was to be delivered to it.
    pub(crate) fn remove(&mut self, id: &str) -> Option<Endpoint> {
        let at = self.endpoints.iter().position(|known| known.id == id)?;
        self.queue.retain(|_, delivery| delivery.endpoint != id);
        self.in_flight.remove(id);
        Some(self.endpoints.remove(at))
    }

    /// The endpoints to which something is due and nothing is on its way.
    pub(crate) fn waiting(&self, now: i64) -> BTreeSet<String> {
        let due = self.queue.range(..=(now, u64::MAX, u64::MAX));
        due.map(|(_, delivery)| &delivery.endpoint)
            .filter(|endpoint| !self.in_flight.contains_key(*endpoint))
            .cloned()
            .collect()
    }

    /// Whether nothing is due or on its way.
    pub(crate) fn is_idle(&self, now: i64) -> bool {
        let due = self
            .queue
            .keys()
            .next()
            .is_some_and(|(due, ..)| *due <= now);
        !due && self.in_flight.is_empty()
    }

    /// The next delivery to an endpoint that is due. It is on its way from now on.
    pub(crate) fn take(&mut self, endpoint: &str, now: i64) -> Option<Parcel> {
        if self.in_flight.contains_key(endpoint) {
            return None;
        }
        let known = self.endpoints.iter().find(|known| known.id == endpoint)?;
        let due = self.queue.range(..=(now, u64::MAX, u64::MAX));
        let mut due = due
            .filter(|(_, delivery)| delivery.endpoint == endpoint)
            .map(|(key, _)| *key);
        let key = if known.new.shuffled {
            due.min_by_key(|(_, order, made)| (*order, *made))?
        } else {
            due.next()?
        };
        let delivery = self.queue.remove(&key)?;
        let parcel = Parcel {
            url: known.new.url.clone(),
            signature: signature(&known.secrets, now, &delivery.body),
            body: delivery.body.clone(),
        };
        self.in_flight.insert(endpoint.to_owned(), delivery);
        Some(parcel)
    }

    /// Records the outcome of the delivery that was on its way to an endpoint; without an
    /// acknowledgement it is retried after the next of `waits`, in seconds.
    pub(crate) fn settle(
        &mut self,
        endpoint: &str,
        status: Option<u16>,
        waits: &[i64],
    ) -> Option<Delivered> {
        let mut delivery = self.in_flight.remove(endpoint)?;
        let known = self.endpoints.iter().find(|known| known.id == endpoint)?;
        let acknowledged = status.is_some_and(|status| (200..300).contains(&status));
        let wait = waits.get(delivery.attempt - 1).filter(|_| !acknowledged);
        // A wait of zero would retry forever without the clock moving.
        let next = wait.map(|wait| delivery.due.saturating_add((*wait).max(1)));
        self.outcomes += 1;
        let delivered = Delivered {
            number: self.outcomes,
            endpoint: endpoint.to_owned(),
            url: known.new.url.clone(),
            event: delivery.event.clone(),
            kind: delivery.kind.clone(),
            attempt: delivery.attempt,
            status,
            next_attempt_at: next,
        };
        if self.delivered.len() == DELIVERIES {
            self.delivered.pop_front();
        }
        self.delivered.push_back(delivered.clone());
        if let Some(next) = next {
            delivery.attempt += 1;
            delivery.due = next;
            self.push(0, delivery);
        }
        Some(delivered)
    }

    /// Puts back what is on its way, for a snapshot in which it does not arrive.
    pub(crate) fn recall(&mut self) {
        for (_, delivery) in std::mem::take(&mut self.in_flight) {
            self.push(0, delivery);
        }
    }

    /// The outcomes above a number, and whether there are more than `most` of them.
    pub(crate) fn delivered_after(&self, number: u64, most: usize) -> (Vec<Delivered>, bool) {
        let mut later = self.delivered.iter().filter(|of| of.number > number);
        let page = later.by_ref().take(most).cloned().collect();
        (page, later.next().is_some())
    }

    fn push(&mut self, order: u64, delivery: Delivery) {
        self.made += 1;
        if self.queue.len() >= DELIVERIES {
            self.queue.pop_first();
        }
        self.queue
            .insert((delivery.due, order, self.made), delivery);
    }
}
