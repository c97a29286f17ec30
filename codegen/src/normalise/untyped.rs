//! Places without a type of their own: nothing of them is lost, they are raw JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::generator::components;
use super::rust_type;
use crate::plain::RAW;
use crate::schemas::{SENT, each, referred};
use crate::{Pointer, Result};

/// The member of the root that lists the places without a type of their own, with the reasons.
pub(crate) const UNTYPED: &str = "x-untyped";

/// Gives raw JSON to everything that no other fixup has found a type for.
pub(super) fn type_rest(document: &mut Value) -> Result<usize> {
    let mut places = Map::new();
    let mut count = 0;
    each(document, &mut |at, schema| {
        let Some(reason) = reason(schema) else {
            return Ok(());
        };
        rust_type::set(schema, "RawJson", Vec::new());
        // Where the document itself allows anything, that is its type.
        if let Some(reason) = reason.text {
            let at = Pointer::from(at).to_string().replace(SENT, "");
            places.insert(at, format!("{reason}, kept as raw JSON").into());
        }
        count += 1;
        Ok(())
    })?;
    if !places.is_empty() {
        let list = document.as_object_mut().map(|root| {
            root.entry(UNTYPED)
                .or_insert_with(|| Value::Object(Map::new()))
        });
        if let Some(list) = list.and_then(Value::as_object_mut) {
            list.extend(places);
        }
    }
    Ok(count)
}

/// Components that stand for a type of the runtime, or for a choice of types, are no types of their own:
/// they are written out where they are referred to.
pub(super) fn inline_typed_components(document: &mut Value) -> Result<usize> {
    /// How often one may lead to another before the rest is raw.
    const ROUNDS: usize = 4;
    let typed: BTreeMap<String, Value> = components(document)?
        .iter()
        .filter(|(_, schema)| rust_type::is_set(schema))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    if typed.is_empty() {
        return Ok(0);
    }
    components(document)?.retain(|name, _| !typed.contains_key(name));
    for round in 0..=ROUNDS {
        let mut left = 0;
        each(document, &mut |_, schema| {
            if let Some(target) = referred(schema).and_then(|name| typed.get(name)) {
                left += 1;
                match round < ROUNDS {
                    true => {
                        let description = schema.get("description").cloned();
                        let nullable = schema.get("nullable").cloned();
                        *schema = target.clone();
                        for (member, value) in
                            [("description", description), ("nullable", nullable)]
                        {
                            if let Some(value) = value {
                                schema[member] = value;
                            }
                        }
                    }
                    false => rust_type::set(schema, "RawJson", Vec::new()),
                }
            }
            Ok(())
        })?;
        if left == 0 {
            break;
        }
    }
    Ok(typed.len())
}

struct Reason {
    text: Option<String>,
}

/// Why a schema has no type, if it has none.
fn reason(schema: &Value) -> Option<Reason> {
    let told = |text: String| Some(Reason { text: Some(text) });
    if rust_type::is_set(schema) || referred(schema).is_some() {
        return None;
    }
    if let Some(reason) = schema.get(RAW).and_then(Value::as_str) {
        return told(reason.to_owned());
    }
    for choice in ["anyOf", "allOf", "not"] {
        if schema.get(choice).is_some() {
            return told(format!("an `{choice}` that no type stands for"));
        }
    }
    if schema.get("properties").is_some() || schema.get("enum").is_some() {
        return None;
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("array") if !schema["items"].is_object() => Some(Reason { text: None }),
        Some("array" | "boolean" | "integer" | "number" | "object" | "string") => None,
        Some(other) => told(format!("the type `{other}`, which OpenAPI does not have")),
        None => Some(Reason { text: None }),
    }
}
