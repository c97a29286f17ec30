//! What an answer held beyond the fields that this version knows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeMap;
use serde_json::Value;

use super::verbatim::Verbatim;

/// The fields of an object that this version of the library does not know.
///
/// The API adds fields without notice. They are kept here when an object is read, and written back
/// when it is serialised, so that nothing is lost on the way through this library: as JSON, numbers
/// are written with the digits that they came with. `Debug` shows their names only: what is unknown may
/// be personal.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra {
    #[expect(
        clippy::box_collection,
        reason = "one word instead of three: nearly every object has none"
    )]
    unknown: Option<Box<BTreeMap<String, Verbatim>>>,
    /// Which of the known fields came as `null` rather than not at all, by their position.
    nulls: u64,
}

impl Extra {
    /// The value of an unknown field; `None` also for what no [`Value`] holds, of which
    /// [`json`](Self::json) has the JSON.
    ///
    /// Numbers in it are those of the machine: an integer beyond 64 bits is rounded.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.unknown.as_ref()?.get(name)?.value()
    }

    /// The JSON of an unknown field, with its numbers as they came.
    pub fn json(&self, name: &str) -> Option<Cow<'_, str>> {
        self.unknown.as_ref()?.get(name).map(Verbatim::json)
    }

    /// The names of all unknown fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields().map(|(name, _)| name)
    }

    /// All unknown fields, but for those that no [`Value`] holds.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields()
            .filter_map(|(name, field)| Some((name, field.value()?)))
    }

    /// Whether there is no unknown field.
    pub fn is_empty(&self) -> bool {
        self.unknown.is_none()
    }

    fn fields(&self) -> impl Iterator<Item = (&str, &Verbatim)> {
        self.unknown
            .iter()
            .flat_map(|map| map.iter())
            .map(|(name, value)| (name.as_str(), value))
    }
}

/// Keeps an unknown field.
pub fn insert(extra: &mut Extra, name: String, value: Value) {
    insert_unknown(extra, name, value.into());
}

/// Keeps an unknown field as it came.
pub fn insert_unknown(extra: &mut Extra, name: String, value: Verbatim) {
    extra.unknown.get_or_insert_default().insert(name, value);
}

/// Writes the unknown fields into the object that they came in.
pub fn write_unknown<M: SerializeMap>(extra: &Extra, map: &mut M) -> Result<(), M::Error> {
    extra
        .fields()
        .try_for_each(|(name, value)| map.serialize_entry(name, value))
}

/// Remembers that the known field `name`, the `index`-th of its type, came as `null`.
#[inline]
pub fn insert_null(extra: &mut Extra, index: u32, name: &str) {
    match 1u64.checked_shl(index) {
        Some(bit) => extra.nulls |= bit,
        // No type of the Financial Connections API has that many fields; others have.
        None => insert(extra, name.to_owned(), Value::Null),
    }
}

/// Whether a known field came as `null`.
#[inline]
pub fn is_null(extra: &Extra, index: u32) -> bool {
    1u64.checked_shl(index)
        .is_some_and(|bit| extra.nulls & bit != 0)
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
