//! What snapshot events and thin events have in common: a JSON object, read without demands.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::error::{Error, ErrorKind};
use crate::json::Fields;
use crate::types::{Verbatim, is_exact};

/// The fields of an event, verbatim.
///
/// Nothing is read before it is asked for, and nothing but the id and the type has to be there: an
/// event must not be lost because another field of it has changed, or is JSON that no [`Value`] holds (a
/// number that is too large, an escape that stands for half a character, a great depth).
#[derive(Clone)]
pub(super) struct Envelope {
    text: Box<RawValue>,
    /// The fields that a value holds.
    fields: Map<String, Value>,
    /// The fields of `data`, as far as a value holds them, if it does not hold `data` as a whole.
    data: Map<String, Value>,
    /// Whether there is more in the text than in the values.
    is_partial: bool,
}

impl Envelope {
    pub(super) fn parse(payload: &[u8]) -> Result<Self, Error> {
        let text = serde_json::from_slice::<&RawValue>(payload)
            .map_err(|failure| Error::new(ErrorKind::NotJson).caused_by(&failure))?;
        Self::of(text).ok_or_else(|| Error::new(ErrorKind::NotAnEvent))
    }

    fn of(text: &RawValue) -> Option<Self> {
        let all = Fields::of(text)?;
        let (fields, is_partial) = all.values();
        let data = match fields.get("data") {
            Some(_) => Map::new(),
            None => all
                .get("data")
                .and_then(Fields::of)
                .map_or_else(Map::new, |data| data.values().0),
        };
        Some(Self {
            text: text.to_owned(),
            fields,
            data,
            is_partial,
        })
    }

    /// Takes the event out of the envelope of a cloud's event bus, where it stands in one.
    pub(super) fn unwrapped(self) -> Self {
        let fields = Fields::of(&self.text);
        let has = |name| fields.as_ref().is_some_and(|it| it.get(name).is_some());
        // The fields are those of Amazon EventBridge, and of CloudEvents for Azure Event Grid.
        let inner = match (has("detail-type"), has("specversion")) {
            (true, _) => "detail",
            (false, true) => "data",
            (false, false) => return self,
        };
        let inner = fields.and_then(|fields| fields.get(inner));
        inner.and_then(Self::of).unwrap_or(self)
    }

    /// The whole text.
    pub(super) fn json(&self) -> &str {
        self.text.get()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// A field of `data`.
    pub(super) fn data(&self, name: &str) -> Option<&Value> {
        match self.get("data") {
            Some(data) => data.get(name),
            None => self.data.get(name),
        }
    }

    /// The text of a field of `data`.
    pub(super) fn data_json(&self, name: &str) -> Option<&str> {
        let data = Fields::of(&self.text)?.get("data")?;
        Some(Fields::of(data)?.get(name)?.get())
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// A text that says something: an empty one is like none.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// A text without which this is no event.
    pub(super) fn required(&self, name: &str) -> Result<&str, Error> {
        self.text(name)
            .ok_or_else(|| Error::new(ErrorKind::NotAnEvent).at(name.to_owned()))
    }

    pub(super) fn is_thin(&self) -> bool {
        self.text("object") == Some("v2.core.event")
    }

    pub(super) fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }

    pub(super) fn into_fields(self) -> Map<String, Value> {
        self.fields
    }
}

/// Two events are equal if their values are. What no value holds is compared as text.
impl PartialEq for Envelope {
    fn eq(&self, other: &Self) -> bool {
        let has_text = self.is_partial || other.is_partial;
        self.fields == other.fields && (!has_text || self.json() == other.json())
    }
}

impl Eq for Envelope {}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Verbatim::deserialize(deserializer)?.json().into_owned();
        Self::parse(text.as_bytes()).map_err(D::Error::custom)
    }
}

impl Serialize for Envelope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Only a format of text is possibly JSON.
        let is_text = serializer.is_human_readable() && !is_exact(self.json());
        if self.is_partial || is_text {
            self.text.serialize(serializer)
        } else {
            self.fields.serialize(serializer)
        }
    }
}
