//! What an answer held beyond the fields that this version knows.

use std::fmt;

use serde_json::{Map, Value};

/// The fields of an object that this version of the library does not know.
///
/// The API adds fields without notice. They are kept here when an object is read, and written back
/// when it is serialised, so that nothing is lost on the way through this library. `Debug` shows
/// their names only: what is unknown may be personal.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra {
    /// Boxed, since nearly every object has none.
    unknown: Option<Box<Map<String, Value>>>,
    /// Which of the known fields came as `null` rather than not at all, by their position.
    nulls: u64,
}

impl Extra {
    /// The value of an unknown field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.unknown.as_ref()?.get(name)
    }

    /// All unknown fields.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.unknown
            .iter()
            .flat_map(|map| map.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is no unknown field.
    pub fn is_empty(&self) -> bool {
        self.unknown.is_none()
    }
}

/// Keeps an unknown field.
pub fn insert(extra: &mut Extra, name: String, value: Value) {
    extra.unknown.get_or_insert_default().insert(name, value);
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
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
