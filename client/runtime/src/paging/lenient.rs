//! Items that are allowed not to decode.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, decode_error};
use crate::json::{Fields, decode};
use crate::sealed::Sealed;
use crate::types::{Listed, RawJson};

/// An item of a list, or what came in its place.
///
/// Asked for with `lenient()` on a list request, for jobs that must not stop at one odd item. No variant
/// will be added.
#[derive(Debug)]
pub enum Lenient<T> {
    /// The item.
    Item(T),
    /// What did not decode, and why.
    Raw(RawItem),
}

/// An item that did not decode.
///
/// `Debug` does not show it, since it may be personal.
pub struct RawItem {
    json: String,
    id: String,
    error: Error,
}

impl<T> Lenient<T> {
    /// The item, if it decoded.
    pub fn item(&self) -> Option<&T> {
        match self {
            Self::Item(item) => Some(item),
            Self::Raw(_) => None,
        }
    }

    /// The item, or what came in its place.
    ///
    /// # Errors
    ///
    /// When the item did not decode.
    pub fn into_result(self) -> Result<T, RawItem> {
        match self {
            Self::Item(item) => Ok(item),
            Self::Raw(raw) => Err(raw),
        }
    }
}

impl RawItem {
    /// What came: the JSON text of the item, verbatim.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// What came, owned.
    pub fn into_json(self) -> String {
        self.json
    }

    /// What came, as a value.
    ///
    /// # Errors
    ///
    /// When the text is JSON that no [`serde_json::Value`] holds: a number that is too large, an escape
    /// that stands for half a character, or more than 127 levels. [`json`](Self::json) has it all the same.
    pub fn value(&self) -> Result<RawJson, Error> {
        let text = self.json.as_bytes();
        let value: Value = decode(text).map_err(|failure| decode_error(&failure, text))?;
        Ok(value.into())
    }

    /// Why it did not decode; its [`path`](Error::path) is within the item.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl fmt::Debug for RawItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawItem")
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl<T: Listed> Sealed for Lenient<T> {}

impl<T: Listed> Listed for Lenient<T> {
    fn cursor(&self) -> &str {
        match self {
            Self::Item(item) => item.cursor(),
            Self::Raw(raw) => &raw.id,
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text is read again by the same code that reads whole answers, so that the place of
        // the fault is known as exactly.
        let text = <&RawValue>::deserialize(deserializer)?;
        Ok(match decode(text.get().as_bytes()) {
            Ok(item) => Self::Item(item),
            Err(failure) => Self::Raw(RawItem {
                json: text.get().to_owned(),
                id: Fields::of(text)
                    .and_then(|fields| fields.string("id"))
                    .unwrap_or_default(),
                error: decode_error(&failure, text.get().as_bytes()),
            }),
        })
    }
}
