//! Objects that are kept as they came.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::listed::Listed;
use super::object::Redacted;
use super::verbatim::Verbatim;
use crate::sealed::Sealed;

/// A JSON value that this library has no type for, kept whole.
///
/// It derefs to a [`Value`], with the numbers of the machine. [`json`](Self::json) has what came, and so
/// has the JSON that is written of it: every digit, and what no `Value` holds, such as `1e400` or a
/// depth of 200. In place of a field with such a thing the `Value` has null.
///
/// Expanded customers and the objects embedded in errors come in this form. `Debug` does not show
/// the content, which may be personal.
#[derive(Clone, PartialEq, Eq)]
pub struct RawJson(
    // With a value in any case.
    Verbatim,
);

impl RawJson {
    /// The JSON, with its numbers as they came.
    pub fn json(&self) -> Cow<'_, str> {
        self.0.json()
    }

    /// The value, owned.
    pub fn into_inner(self) -> Value {
        self.0.into_value().unwrap_or_default()
    }
}

impl From<Value> for RawJson {
    fn from(value: Value) -> Self {
        Self(value.into())
    }
}

impl From<Verbatim> for RawJson {
    fn from(verbatim: Verbatim) -> Self {
        Self(verbatim.with_some_value())
    }
}

impl Deref for RawJson {
    type Target = Value;

    fn deref(&self) -> &Value {
        self.0.value().unwrap_or(&Value::Null)
    }
}

impl Sealed for RawJson {}

impl Listed for RawJson {
    fn cursor(&self) -> &str {
        self.get("id").and_then(Value::as_str).unwrap_or_default()
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RawJson").field(&Redacted).finish()
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Verbatim::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for RawJson {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RawJson".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "x-type": "RawJson" })
    }
}
