//! Snapshot events: what happened, and the object as it was then.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::envelope::Envelope;
use super::error::{Error, ErrorKind};
use super::event_id::EventId;
use crate::error::decode_path;
use crate::json::Fields;
use crate::types::{ApiObject, Timestamp};
use serde::de::DeserializeOwned;

/// An event: what happened, and the object as it was then.
///
/// Only the id and the type have to be there. Everything else is read when it is asked for, so that
/// no surprise in it loses the event: an unknown type, an object of another shape, another version
/// of the API. The JSON is always there, whole.
///
/// `Debug` shows neither the object nor what is unknown, which may be personal.
///
/// # Storing events
///
/// A verified event can be put into a queue or a table and taken out again, alone or within another
/// type: `Serialize` writes it verbatim, and `Deserialize` reads what was written, without loss.
/// `Deserialize` **verifies nothing**: read from places that nobody else can write to.
///
/// ```
/// # use stripe_client_runtime::webhook::Event;
/// # let body = br#"{"id":"evt_1","type":"customer.created","new":0.1000}"#;
/// # let event = Event::from_slice_unverified(body)?;
/// let stored = serde_json::to_string(&event)?;
/// let again: Event = serde_json::from_str(&stored)?;
/// assert_eq!(again, event);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    id: EventId,
    kind: String,
    envelope: Envelope,
}

impl Event {
    /// Reads an event **without any check of where it comes from**.
    ///
    /// For events out of a place that nobody else can write to: a queue that was filled after
    /// [`Verifier::verify`](super::Verifier::verify), or Amazon EventBridge and Azure Event Grid,
    /// which deliver without a signature, and whose envelope is taken off. Of what came in over
    /// HTTP, anybody could have written it.
    ///
    /// ```
    /// # use stripe_client_runtime::webhook::Event;
    /// let message = br#"{
    ///     "detail-type": "financial_connections.account.created",
    ///     "detail": {"id": "evt_1", "object": "event", "type": "financial_connections.account.created"}
    /// }"#;
    /// assert_eq!(Event::from_slice_unverified(message)?.id(), "evt_1");
    /// # Ok::<(), stripe_client_runtime::webhook::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it is no event.
    pub fn from_slice_unverified(json: &[u8]) -> Result<Self, Error> {
        Self::new(Envelope::parse(json)?.unwrapped())
    }

    pub(super) fn parse(payload: &[u8]) -> Result<Self, Error> {
        Self::new(Envelope::parse(payload)?)
    }

    fn new(envelope: Envelope) -> Result<Self, Error> {
        if envelope.is_thin() {
            return Err(Error::new(ErrorKind::Thin));
        }
        Ok(Self {
            id: EventId::from(envelope.required("id")?),
            kind: envelope.required("type")?.to_owned(),
            envelope,
        })
    }

    /// The id. The same event may be delivered more than once: remember the ids of those that were
    /// processed.
    pub fn id(&self) -> &EventId {
        &self.id
    }

    /// What happened, for example `financial_connections.account.created`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// When it happened. Deliveries do not keep the order of events.
    pub fn created(&self) -> Option<Timestamp> {
        let seconds = self.envelope.get("created")?.as_i64()?;
        Some(Timestamp::from_unix_seconds(seconds))
    }

    /// Whether it happened in live mode.
    pub fn livemode(&self) -> Option<bool> {
        self.envelope.get("livemode")?.as_bool()
    }

    /// The version of the API in which the object is written: that of the endpoint, which was
    /// chosen when it was made.
    pub fn api_version(&self) -> Option<&str> {
        self.envelope.text("api_version")
    }

    /// The connected account in which it happened, for a Connect platform.
    pub fn connected_account(&self) -> Option<&str> {
        self.envelope.filled("account")
    }

    /// The context in which it happened.
    pub fn context(&self) -> Option<&str> {
        self.envelope.filled("context")
    }

    /// How many endpoints have not acknowledged it yet.
    pub fn pending_webhooks(&self) -> Option<u64> {
        self.envelope.get("pending_webhooks")?.as_u64()
    }

    /// The id of the request that caused it, if one did.
    pub fn request_id(&self) -> Option<&str> {
        match self.envelope.get("request")? {
            // Versions of the API before 2017-05-25 have no object here.
            Value::String(id) => Some(id),
            request => request.get("id")?.as_str(),
        }
    }

    /// The idempotency key of the request that caused it, if one did.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.envelope
            .get("request")?
            .get("idempotency_key")?
            .as_str()
    }

    /// The object as it was when the event happened; [`object_as`](Self::object_as) decodes it. `None` if
    /// there is none, or it is JSON that no [`Value`] holds, such as a number that is too large:
    /// [`object_json`](Self::object_json) has it all the same.
    pub fn object(&self) -> Option<&Value> {
        self.envelope.data("object")
    }

    /// The JSON text of the object, verbatim; also of one that no [`Value`] holds.
    pub fn object_json(&self) -> Option<&str> {
        self.envelope.data_json("object")
    }

    /// The fields that have changed, with what they were before. Only events that tell of a change
    /// have them.
    pub fn previous_attributes(&self) -> Option<&Value> {
        self.envelope.data("previous_attributes")
    }

    /// Decodes the object as a type of a generated crate, such as `object_as::<Customer>()`.
    ///
    /// # Errors
    ///
    /// If the event is about another kind of object, or the object does not have the expected shape;
    /// [`Error::path`] then names the field. [`object`](Self::object) is there in any case.
    pub fn object_as<T: ApiObject>(&self) -> Result<T, Error> {
        self.object_of_kind(T::OBJECT)
    }

    /// Decodes the object as any type. `kind` is its name on the wire, such as `customer`; an object of
    /// another kind is an error.
    ///
    /// ```
    /// # use serde::Deserialize;
    /// # use stripe_client_runtime::webhook::{Error, Event};
    /// #[derive(Deserialize)]
    /// struct Customer {
    ///     id: String,
    /// }
    ///
    /// # let body = br#"{"id":"evt_1","type":"customer.created",
    /// #     "data":{"object":{"object":"customer","id":"cus_1"}}}"#;
    /// # let event = Event::from_slice_unverified(body)?;
    /// if event.kind() == "customer.created" {
    ///     let customer: Customer = event.object_of_kind("customer")?;
    ///     assert_eq!(customer.id, "cus_1");
    /// }
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`object_as`](Self::object_as).
    pub fn object_of_kind<T: DeserializeOwned>(&self, kind: &str) -> Result<T, Error> {
        let mismatch = || Error::new(ErrorKind::Decode).at("data.object".to_owned());
        let text = self.object_json().ok_or_else(mismatch)?;
        let other = object_name(text);
        if other.is_some_and(|other| other != kind) {
            return Err(Error::new(ErrorKind::OtherObject).at("data.object.object".to_owned()));
        }
        serde_json::from_str(text).map_err(|failure| {
            let field = decode_path(&failure, text.as_bytes());
            let dot = if field.is_empty() { "" } else { "." };
            Error::new(ErrorKind::Decode)
                .at(format!("data.object{dot}{field}"))
                .caused_by(&failure)
        })
    }

    /// Any field of the envelope, by its name on the wire.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.envelope.get(name)
    }

    /// The JSON text of the whole event, verbatim.
    pub fn json(&self) -> &str {
        self.envelope.json()
    }

    /// The fields of the event, but for those that are JSON which no [`Value`] holds.
    pub fn fields(&self) -> &Map<String, Value> {
        self.envelope.fields()
    }

    /// The [`fields`](Self::fields), owned.
    pub fn into_fields(self) -> Map<String, Value> {
        self.envelope.into_fields()
    }
}

/// The name of the kind of object that this text is.
fn object_name(text: &str) -> Option<String> {
    Fields::of(serde_json::from_str(text).ok()?)?.string("object")
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("created", &self.created())
            .field("livemode", &self.livemode())
            .field("api_version", &self.api_version())
            .field("connected_account", &self.connected_account())
            .finish_non_exhaustive()
    }
}

/// Reads a stored event, like [`Event::from_slice_unverified`]: **without any check of where it comes
/// from**.
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Envelope::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.envelope.serialize(serializer)
    }
}
