//! The fields of a JSON body, read one by one so that unknown ones are rejected.

use serde_json::{Map, Value};

use crate::errors::{ControlError, ControlResult};

/// The fields of a body. Each is removed as it is read; a field that is left at the end is unknown.
pub(super) struct Fields(pub(super) Map<String, Value>);

impl Fields {
    pub(super) fn of(name: &str, value: Value) -> ControlResult<Self> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(wrong(name, "an object")),
        }
    }

    pub(super) fn text(&mut self, name: &str) -> ControlResult<Option<String>> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "a text")),
        }
    }

    /// A JSON object, verbatim.
    pub(super) fn object(&mut self, name: &str) -> ControlResult<Value> {
        match self.0.remove(name) {
            Some(object @ Value::Object(_)) => Ok(object),
            Some(_) => Err(wrong(name, "an object")),
            None => Err(missing(name)),
        }
    }

    pub(super) fn integer(&mut self, name: &str) -> ControlResult<Option<i64>> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .map(Some)
                .ok_or_else(|| wrong(name, "an integer")),
        }
    }

    pub(super) fn count(&mut self, name: &str, default: usize) -> ControlResult<usize> {
        match self.integer(name)? {
            None => Ok(default),
            Some(count) => usize::try_from(count).map_err(|_| wrong(name, "zero or more")),
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> ControlResult<bool> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| wrong(name, "true or false")),
        }
    }

    pub(super) fn word<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> ControlResult<Option<T>> {
        match self.text(name)? {
            None => Ok(None),
            Some(word) => match read(&word) {
                Some(value) => Ok(Some(value)),
                None => Err(ControlError::new(format!("`{name}` cannot be `{word}`"))),
            },
        }
    }

    pub(super) fn words<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> ControlResult<Option<Vec<T>>> {
        let items = match self.0.remove(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Array(items)) => items,
            Some(_) => return Err(wrong(name, "an array of texts")),
        };
        let read_item = |item: &Value| {
            let value = item.as_str().and_then(&read);
            value.ok_or_else(|| ControlError::new(format!("`{name}` cannot hold {item}")))
        };
        items
            .iter()
            .map(read_item)
            .collect::<ControlResult<Vec<T>>>()
            .map(Some)
    }

    pub(super) fn objects<T>(
        &mut self,
        name: &str,
        read: impl Fn(&mut Self) -> ControlResult<T>,
    ) -> ControlResult<Vec<T>> {
        let items = match self.0.remove(name) {
            Some(Value::Array(items)) => items,
            _ => return Err(wrong(name, "an array of objects")),
        };
        let mut values = Vec::new();
        for item in items {
            let mut fields = Self::of(name, item)?;
            values.push(read(&mut fields)?);
            fields.end()?;
        }
        Ok(values)
    }

    pub(super) fn end(&self) -> ControlResult<()> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(ControlError::new(format!(
                "`{name}` is not understood here"
            ))),
        }
    }
}

pub(super) fn missing(name: &str) -> ControlError {
    ControlError::new(format!("`{name}` is missing"))
}

pub(super) fn wrong(name: &str, wanted: &str) -> ControlError {
    ControlError::new(format!("`{name}` must be {wanted}"))
}
