//! Everything that the generator would get wrong without a word, as an error with a place.
//!
//! The judge has passed every operation, and the fixups have given a type to every place. This is the
//! check that they have: what it finds is a fault of theirs.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::normalise::rust_type;
use crate::schemas::{each, referred_by};
use crate::{Error, Pointer, Result, Stage};

/// Checks the normalised document.
pub(crate) fn verify(document: &mut Value) -> Result<()> {
    let names: BTreeSet<String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    each(document, &mut |at, schema| {
        let is_component = at.upwards().count() == 3 && at.is_below("components");
        match fault(schema, is_component, &|name| names.contains(name)) {
            None => Ok(()),
            Some(problem) => Err(Error::new(
                Stage::Verify,
                Pointer::from(at),
                problem,
                "leave out the operations that lead there, and report it with the document",
            )),
        }
    })
}

fn fault(schema: &Value, is_component: bool, exists: &dyn Fn(&str) -> bool) -> Option<String> {
    if let Some(reference) = schema.get("$ref") {
        return (!referred_by(reference).is_some_and(exists))
            .then(|| format!("the reference {reference} leads nowhere"));
    }
    if rust_type::is_set(schema) {
        return is_component.then(|| "a component that is no type of its own".to_owned());
    }
    let holds_type = schema.get("enum").is_some() || schema.get("properties").is_some();
    if holds_type && !is_component {
        return Some("an inline type is left".to_owned());
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("array") if schema["items"].is_object() => None,
        Some("boolean" | "integer" | "object" | "string") => None,
        _ => Some(format!("a schema without a type: {schema}")),
    }
}
