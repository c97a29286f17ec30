//! Items that are allowed not to decode.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, decode_error};
use crate::json::decode;
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
#[derive(Debug)]
pub struct RawItem {
    value: RawJson,
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
    /// What came.
    pub fn value(&self) -> &RawJson {
        &self.value
    }

    /// What came, owned.
    pub fn into_value(self) -> RawJson {
        self.value
    }

    /// Why it did not decode; its [`path`](Error::path) is within the item.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl<T: Listed> Sealed for Lenient<T> {}

impl<T: Listed> Listed for Lenient<T> {
    fn cursor(&self) -> &str {
        match self {
            Self::Item(item) => item.cursor(),
            Self::Raw(raw) => raw.value.cursor(),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text is read again by the same code that reads whole answers, so that the place of
        // the fault is known as exactly.
        let text = <&RawValue>::deserialize(deserializer)?.get().as_bytes();
        Ok(match decode(text) {
            Ok(item) => Self::Item(item),
            Err(failure) => Self::Raw(RawItem {
                value: serde_json::from_slice::<Value>(text)
                    .unwrap_or_default()
                    .into(),
                error: decode_error(&failure, text),
            }),
        })
    }
}
