//! Objects, parameters and enums.

use std::collections::BTreeMap;

use serde_json::Value;

use super::place::{component_at, differs, docs, text};
use super::{Enum, EnumValue, Field, Object};
use crate::Result;
use crate::engine::FieldDecision;
use crate::names::{Scope, fields as field_names, variants};

pub(super) fn enumeration(name: &str, values: &[String], place: &Value) -> Enum {
    let names = variants(values).into_iter();
    let values = names.zip(values).map(|(ident, wire)| EnumValue {
        ident,
        docs: text(&place["x-values"][wire]),
        wire: wire.clone(),
    });
    Enum {
        name: name.to_owned(),
        docs: docs(place),
        values: values.collect(),
    }
}

/// The fields of a struct, in the order of their keys in the document.
pub(super) fn fields(
    keys: &[String],
    decisions: &[FieldDecision],
    place: &Value,
    is_params: bool,
) -> Vec<Field> {
    let scope = match is_params {
        true => Scope::of_params_fields(),
        false => Scope::of_object_fields(),
    };
    let names: BTreeMap<String, String> = field_names(scope, keys.iter().map(String::as_str))
        .into_iter()
        .collect();
    let fields = keys.iter().zip(decisions).map(|(key, decision)| {
        let place = &place["properties"][key];
        Field {
            ident: names[key].clone(),
            wire: place["x-wire"].as_str().unwrap_or(key).to_owned(),
            ty: decision.ty.clone(),
            docs: docs(place),
            optional: decision.optional,
            is_sensitive: place["x-sensitive"] == true,
            exclusive: place["x-exclusive"].as_str().map(str::to_owned),
            in_query: place["x-query"] == true,
        }
    });
    fields.collect()
}

/// An object of an answer. A field is an option where the document does not require it, and only there.
pub(super) fn object(name: &str, place: &Value, fields: Vec<Field>) -> Result<Object> {
    let required = place["required"].as_array();
    let is_required = |wire: &str| {
        let required = required.into_iter().flatten();
        required.filter_map(Value::as_str).any(|name| name == wire)
    };
    for field in &fields {
        if field.ty.inside_option().is_some() == is_required(&field.wire) {
            let at = component_at(name).join("properties").join(&field.wire);
            return Err(differs(&at));
        }
    }
    Ok(Object {
        name: name.to_owned(),
        docs: docs(place),
        fields,
        tag: place["properties"]["object"]["x-tag"]
            .as_str()
            .map(str::to_owned),
    })
}
