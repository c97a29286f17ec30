//! What snapshot events and thin events have in common: a JSON object, read without demands.

use serde_json::{Map, Value};

use super::error::{Error, ErrorKind};

/// The fields of an event, as they came.
///
/// Nothing is read before it is asked for, and nothing but the id and the type has to be there: an
/// event must not be lost because another field of it has changed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Envelope(Map<String, Value>);

impl Envelope {
    pub(super) fn parse(payload: &[u8]) -> Result<Self, Error> {
        match serde_json::from_slice(payload) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(Error::new(ErrorKind::NotAnEvent)),
            Err(failure) => Err(Error::new(ErrorKind::NotJson).caused_by(&failure)),
        }
    }

    /// Takes the event out of the envelope of a cloud's event bus, where it stands in one.
    pub(super) fn unwrapped(mut self) -> Self {
        // The fields are those of Amazon EventBridge, and of CloudEvents for Azure Event Grid.
        let inner = match (self.get("detail-type"), self.get("specversion")) {
            (Some(_), _) => "detail",
            (None, Some(_)) => "data",
            (None, None) => return self,
        };
        match self.0.get_mut(inner).map(Value::take) {
            Some(Value::Object(fields)) => Self(fields),
            _ => self,
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
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
        &self.0
    }

    pub(super) fn into_fields(self) -> Map<String, Value> {
        self.0
    }
}
