//! Putting a crate together.

use std::collections::BTreeSet;

use serde_json::Value;

use super::place::{component_at, differs, docs, members, text};
use super::requests::Requests;
use super::{Crate, Enum, Id, Object, Params, types, unions};
use crate::Result;
use crate::engine::{Decisions, Shape};
use crate::lower::Table;
use crate::names::Names;

/// Builds a crate from a normalised document and the decisions about it.
pub(crate) fn build(
    document: &Value,
    table: &Table,
    decisions: &Decisions,
    names: &mut Names,
) -> Result<Crate> {
    let mut objects: Vec<Object> = Vec::new();
    let mut params: Vec<Params> = Vec::new();
    let mut enums: Vec<Enum> = Vec::new();
    let json = sent_as_json(document);
    for component in &table.types {
        let name = &component.name;
        let place = &document["components"]["schemas"][name];
        match decisions.types.get(name) {
            Some(Shape::Enum(count)) if *count == component.values.len() => {
                enums.push(types::enumeration(name, &component.values, place));
            }
            Some(Shape::Struct(fields)) if fields.len() == component.fields.len() => {
                let is_params = place["x-params"] == true;
                let fields = types::fields(&component.fields, fields, place, is_params);
                match is_params {
                    true => params.push(Params {
                        name: name.clone(),
                        docs: docs(place),
                        fields,
                        is_request: place["x-request"] == true,
                        is_exclusive: place["x-exclusive"].is_string(),
                        is_json: json.contains(name.as_str()),
                    }),
                    false => objects.push(types::object(name, place, fields)?),
                }
            }
            _ => return Err(differs(&component_at(name))),
        }
    }
    let unions = unions::unions(document, &objects)?;
    let ids = members(&document["x-ids"]).map(|(name, place)| Id {
        name: name.clone(),
        docs: docs(place),
    });
    let mut made = Crate {
        version: text(&document["info"]["version"]),
        ids: ids.collect(),
        objects,
        params,
        enums,
        unions,
        resources: Vec::new(),
    };
    made.ids.sort_by(|a, b| a.name.cmp(&b.name));
    let requests = Requests::new(document, &made);
    made.resources = requests.resources(table, decisions, names)?;
    Ok(made)
}

/// The components that a JSON body holds, itself or through others.
fn sent_as_json(document: &Value) -> BTreeSet<&str> {
    let schemas = &document["components"]["schemas"];
    let mut reached = BTreeSet::new();
    let mut pending: Vec<&Value> = crate::document::operations(document)
        .filter(|(_, _, operation)| operation["x-body"] == "json")
        .map(|(_, _, operation)| &operation["requestBody"])
        .collect();
    while let Some(part) = pending.pop() {
        if let Some(name) = crate::schemas::referred(part)
            && reached.insert(name)
        {
            pending.push(&schemas[name]);
        }
        match part {
            Value::Object(members) => pending.extend(members.values()),
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    reached
}
