//! Thin events: what happened, and where to find the object.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::envelope::Envelope;
use super::error::{Error, ErrorKind};
use super::event_id::EventId;

/// A thin event: what happened, and where to find the object, which is not in it.
///
/// Only the id and the type have to be there; everything else is read when it is asked for. The
/// JSON is always there, whole. It is stored and reloaded like an [`Event`](super::Event#storing-events).
///
/// ```no_run
/// # use stripe_client_runtime::{Client, webhook::Verifier};
/// # async fn handler(verifier: Verifier, client: Client, body: &[u8], header: &str)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// let event = verifier.verify_thin(body, header)?;
/// let object = event.fetch_related(&client).await?;
/// println!("{}: {:?}", event.kind(), object["id"].as_str());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ThinEvent {
    id: EventId,
    envelope: Envelope,
}

/// The object that a thin event is about.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelatedObject<'a> {
    /// The id.
    pub id: &'a str,
    /// The kind of object, for example `financial_connections.account`.
    pub kind: &'a str,
    /// The path at which the API gives the object, and a query if the event has one.
    pub url: &'a str,
}

impl fmt::Debug for RelatedObject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a query holds may be personal.
        let path = self.url.split(['?', '#']).next();
        f.debug_struct("RelatedObject")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("url", &path.unwrap_or_default())
            .finish()
    }
}

impl ThinEvent {
    /// Reads a thin event **without any check of where it comes from**. See
    /// [`Event::from_slice_unverified`](super::Event::from_slice_unverified).
    ///
    /// # Errors
    ///
    /// When it is no thin event.
    pub fn from_slice_unverified(json: &[u8]) -> Result<Self, Error> {
        Self::new(Envelope::parse(json)?.unwrapped())
    }

    pub(super) fn parse(payload: &[u8]) -> Result<Self, Error> {
        Self::new(Envelope::parse(payload)?)
    }

    fn new(envelope: Envelope) -> Result<Self, Error> {
        let id = EventId::from(envelope.required("id")?);
        envelope.required("type")?;
        if !envelope.is_thin() {
            return Err(Error::new(ErrorKind::NotThin));
        }
        Ok(Self { id, envelope })
    }

    /// The id. The same event may be delivered more than once.
    pub fn id(&self) -> &EventId {
        &self.id
    }

    /// What happened, for example `v1.financial_connections.account.refreshed_balance`.
    pub fn kind(&self) -> &str {
        self.envelope.text("type").unwrap_or_default()
    }

    /// When it happened, as a text (RFC 3339).
    pub fn created(&self) -> Option<&str> {
        self.envelope.text("created")
    }

    /// Whether it happened in live mode.
    pub fn livemode(&self) -> Option<bool> {
        self.envelope.get("livemode")?.as_bool()
    }

    /// The context in which it happened; `None` also if it is empty. Requests about it go in the same;
    /// [`StripeContext`](crate::StripeContext) goes up and down in it.
    pub fn context(&self) -> Option<&str> {
        self.envelope.filled("context")
    }

    /// Why it happened.
    pub fn reason(&self) -> Option<&Value> {
        self.envelope
            .get("reason")
            .filter(|reason| !reason.is_null())
    }

    /// The object that it is about, if it is about one.
    pub fn related_object(&self) -> Option<RelatedObject<'_>> {
        let related = self.envelope.get("related_object")?;
        let text = |name| related.get(name).and_then(Value::as_str);
        Some(RelatedObject {
            id: text("id")?,
            kind: text("type")?,
            url: text("url")?,
        })
    }

    /// Any field of the event, by its name on the wire.
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

impl fmt::Debug for ThinEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThinEvent")
            .field("id", &self.id)
            .field("kind", &self.kind())
            .field("created", &self.created())
            .field("livemode", &self.livemode())
            .field("related_object", &self.related_object())
            .finish_non_exhaustive()
    }
}

/// Reads a stored event, like [`ThinEvent::from_slice_unverified`]: **without any check of where it
/// comes from**.
impl<'de> Deserialize<'de> for ThinEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Envelope::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for ThinEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.envelope.serialize(serializer)
    }
}
