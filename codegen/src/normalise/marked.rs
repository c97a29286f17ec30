//! What the overlay's marks say of a schema, where the document alone says less.

use serde_json::{Value, json};

use super::rust_type;
use crate::schemas::rewrite;
use crate::{Error, Result, Stage};

pub(super) fn type_ids(document: &mut Value) -> Result<usize> {
    let known: Vec<String> = document
        .get("x-ids")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    rewrite(document, |at, schema| {
        let Some(id) = schema
            .get("x-id")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return Ok(false);
        };
        if !known.contains(&id) {
            return Err(Error::new(
                Stage::Normalise,
                at.join("x-id"),
                format!("`{id}` is not an id type"),
                "describe it in `x-ids` of openapi/overlay.yaml",
            ));
        }
        rust_type::set(schema, &id, Vec::new());
        Ok(true)
    })
}

pub(super) fn type_marked(document: &mut Value) -> Result<usize> {
    rewrite(document, |at, schema| {
        let Some(name) = schema
            .get("x-type")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return Ok(false);
        };
        let fits = match name.as_str() {
            "Currency" => schema.get("type") == Some(&json!("string")),
            "Amounts" => schema.pointer("/additionalProperties/type") == Some(&json!("integer")),
            _ => false,
        };
        if !fits {
            return Err(Error::new(
                Stage::Normalise,
                at.join("x-type"),
                format!("the schema is not one that `{name}` stands for"),
                "mark strings as `Currency` and maps of integers as `Amounts`",
            ));
        }
        rust_type::set(schema, &name, Vec::new());
        Ok(true)
    })
}

pub(super) fn relax_marked(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let Some(members) = schema.as_object_mut() else {
            return Ok(false);
        };
        let relaxed: Vec<String> = members
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(_, property)| property.get("x-optional") == Some(&Value::Bool(true)))
            .map(|(name, _)| name.clone())
            .collect();
        let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) else {
            return Ok(false);
        };
        let before = required.len();
        required.retain(|name| !relaxed.iter().any(|relaxed| name == relaxed));
        Ok(required.len() < before)
    })
}
