//! Reading places of the document, and the error of one that does not fit.

use serde_json::Value;

use crate::{Error, Pointer, Stage};

/// The description of a place.
pub(super) fn docs(place: &Value) -> String {
    text(&place["description"])
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

pub(super) fn component_at(name: &str) -> Pointer {
    Pointer::from(["components", "schemas", name])
}

/// What the generator made is not what the document has.
pub(super) fn differs(at: &Pointer) -> Error {
    Error::new(
        Stage::Model,
        at,
        "the generator's result is not what the document says",
        "report it with the document; leave the operations out that lead there",
    )
}
