//! Snapshot events: what happened, and the object as it was then.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use stripe_client_runtime::webhook;

use crate::generated::API_VERSION;
use crate::generated::types::{Account, EventType};
use stripe_client_runtime::webhook::Error;

/// An event: what happened, and the object as it was then.
///
/// Only the id and the type have to be there. Everything else is parsed when it is asked for, so that
/// no surprise in it loses the event: an unknown type, an object of another shape, another version of
/// the API. The JSON is always there, whole.
///
/// It derefs to the event of any part of the API, which has the other accessors. `Debug` prints
/// neither the object nor unknown fields, which may be personal data. `Serialize` writes the event
/// verbatim, and `Deserialize` reads what was stored, without loss and **without verification**.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    kind: EventType,
    event: webhook::Event,
}

impl Event {
    /// Parses an event **without verifying where it comes from**.
    ///
    /// For events out of a place that nobody else can write to: a queue that was filled after
    /// [`Verifier::verify`](super::Verifier::verify), or Amazon EventBridge and Azure Event Grid,
    /// which deliver without a signature, and whose envelope is taken off. Of what came in over
    /// HTTP, anybody could have written it.
    ///
    /// ```
    /// use stripe_financial_connections::webhook::Event;
    ///
    /// let message = br#"{
    ///     "detail-type": "financial_connections.account.created",
    ///     "detail": {"id": "evt_1", "object": "event", "type": "financial_connections.account.created"}
    /// }"#;
    /// assert_eq!(Event::from_slice_unverified(message)?.id(), "evt_1");
    /// # Ok::<(), stripe_financial_connections::webhook::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it is no event.
    pub fn from_slice_unverified(json: &[u8]) -> Result<Self, Error> {
        webhook::Event::from_slice_unverified(json).map(Self::from)
    }

    /// What happened.
    pub fn kind(&self) -> &EventType {
        &self.kind
    }

    /// Whether the object is written in the version that this library is made for
    /// ([`API_VERSION`](crate::API_VERSION)). One of another version may still decode.
    pub fn matches_pinned_version(&self) -> bool {
        self.api_version() == Some(API_VERSION)
    }

    /// Decodes the object as an account.
    ///
    /// # Errors
    ///
    /// If the event is about another kind of object, or the account does not have the expected shape;
    /// [`Error::path`] then names the field. `object()` is there in any case.
    pub fn account(&self) -> Result<Account, Error> {
        self.object_as()
    }

    /// The whole event, owned.
    pub fn into_fields(self) -> Map<String, Value> {
        self.event.into_fields()
    }
}

impl From<webhook::Event> for Event {
    fn from(event: webhook::Event) -> Self {
        Self {
            kind: EventType::from(event.kind()),
            event,
        }
    }
}

impl Deref for Event {
    type Target = webhook::Event;

    fn deref(&self) -> &webhook::Event {
        &self.event
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id())
            .field("kind", &self.kind)
            .field("created", &self.created())
            .field("livemode", &self.livemode())
            .field("api_version", &self.api_version())
            .field("connected_account", &self.connected_account())
            .finish_non_exhaustive()
    }
}

/// Reads a stored event, **without verifying where it comes from**.
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        webhook::Event::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.event.serialize(serializer)
    }
}
