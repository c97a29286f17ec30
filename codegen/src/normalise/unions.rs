//! Places that hold one of several types.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::rust_type;
use crate::names::pascal_case;
use crate::schemas::{each, is_request, reference_to, referred, rewrite};
use crate::{Pointer, Result};

/// How many members a union is named after; one with more is named after its place.
const NAMED_MEMBERS: usize = 3;

/// Gives a type to every place of an answer that holds objects of several types.
///
/// The objects are told apart by their `object` and by whether they are `deleted`. Where that does
/// not tell them apart, the place holds the first of them if nothing in it is required, since any
/// other is then read as it with unknown fields; or else raw JSON.
///
/// The unions themselves are listed in `x-unions` at the root, where the later stages find them, and
/// the places without one in `x-untyped`, with what became of them.
pub(super) fn type_unions(document: &mut Value) -> Result<usize> {
    let components = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let mut unions = Map::new();
    let mut untyped = Map::new();
    let mut aliases: BTreeMap<String, Value> = BTreeMap::new();
    let mut count = 0;
    each(document, &mut |at, schema| {
        let Some(choices) = schema.get("anyOf").and_then(Value::as_array) else {
            return Ok(());
        };
        if is_request(at) || choices.len() < 2 {
            return Ok(());
        }
        let Some(members) = members(choices, &components) else {
            return Ok(());
        };
        count += 1;
        if members.is_empty() {
            rust_type::set(schema, "RawJson", Vec::new());
            return Ok(());
        }
        match tags(&members, &components) {
            Some(tags) => {
                let name = union_name(at, &tags, choices.len() > members.len());
                unions.insert(
                    name.clone(),
                    json!({ "members": tags, "description": schema.get("description") }),
                );
                rust_type::set(schema, &name, Vec::new());
            }
            None => match components.get(&members[0]) {
                Some(first)
                    if first
                        .get("required")
                        .and_then(Value::as_array)
                        .is_none_or(Vec::is_empty) =>
                {
                    let reference = json!({ "$ref": reference_to(&members[0]) });
                    merge_kept(schema, reference);
                    let first = &members[0];
                    let account = format!("{}, read as `{first}`", several(&members));
                    untyped.insert(at.to_string(), account.into());
                }
                _ => {
                    rust_type::set(schema, "RawJson", Vec::new());
                    let account = format!("{}, kept as raw JSON", several(&members));
                    untyped.insert(at.to_string(), account.into());
                }
            },
        }
        if let [_, _, component] = at.segments() {
            aliases.insert(component.clone(), schema.clone());
        }
        Ok(())
    })?;
    // A component that is nothing but a choice stands for its union wherever it is referred to.
    if let Some(components) = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        components.retain(|name, _| !aliases.contains_key(name));
    }
    each(document, &mut |_, schema| {
        if let Some(alias) = referred(schema).and_then(|name| aliases.get(name)).cloned() {
            merge_kept(schema, alias);
        }
        Ok(())
    })?;
    if count > 0 {
        document["x-unions"] = Value::Object(unions);
        document[UNTYPED] = Value::Object(untyped);
    }
    Ok(count)
}

/// The member of the root that lists the places whose objects cannot be told apart.
pub(crate) const UNTYPED: &str = "x-untyped";

fn several(members: &[String]) -> String {
    format!(
        "one of `{}`, which nothing tells apart",
        members.join("`, `")
    )
}

/// Replaces a schema by another, except for what is ours.
fn merge_kept(schema: &mut Value, other: Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    members
        .retain(|member, _| matches!(member.as_str(), "description" | "nullable" | "x-sensitive"));
    for (member, value) in other.as_object().into_iter().flatten() {
        members
            .entry(member.clone())
            .or_insert_with(|| value.clone());
    }
}

/// The components that the choices refer to, those of a choice within a choice included. References
/// that were cut are left out: their objects are kept raw. `None` if a choice is anything else.
fn members(choices: &[Value], components: &Map<String, Value>) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for choice in choices {
        if rust_type::name(choice) == Some("RawJson") {
            continue;
        }
        let name = referred(choice)?;
        match components
            .get(name)
            .and_then(|component| component.get("anyOf"))
            .and_then(Value::as_array)
        {
            Some(inner) => found.extend(members(inner, components)?),
            None => found.push(name.to_owned()),
        }
    }
    found.dedup();
    Some(found)
}

/// Each member with what tells it apart, if every one of them can be.
fn tags(members: &[String], components: &Map<String, Value>) -> Option<Vec<Value>> {
    let mut seen = Vec::new();
    members
        .iter()
        .map(|name| {
            let properties = &components.get(name)?["properties"];
            let object = properties["object"]["enum"]
                .as_array()
                .filter(|tags| tags.len() == 1)?[0]
                .as_str()?;
            let deleted = properties["deleted"]["enum"] == json!([true]);
            let tag = (object.to_owned(), deleted);
            let is_new = !seen.contains(&tag);
            seen.push(tag);
            is_new.then(|| json!({ "component": name, "object": object, "deleted": deleted }))
        })
        .collect()
}

fn union_name(at: &Pointer, members: &[Value], has_others: bool) -> String {
    let names = members
        .iter()
        .filter_map(|member| member["component"].as_str())
        .map(pascal_case);
    match at.segments() {
        [_, _, component] => pascal_case(component),
        _ if members.len() <= NAMED_MEMBERS => {
            let mut names: Vec<_> = names.collect();
            if has_others {
                names.push("Other".to_owned());
            }
            names.join("Or")
        }
        segments => {
            let words = segments.iter().skip(2).filter(|segment| {
                !matches!(
                    segment.as_str(),
                    "properties" | "anyOf" | "items" | "x-rust-type" | "parameters"
                ) && segment.parse::<usize>().is_err()
            });
            words.map(|word| pascal_case(word)).collect()
        }
    }
}

/// Gives a type to every parameter that can be given in one of several forms.
pub(super) fn type_choices(document: &mut Value) -> Result<usize> {
    rewrite(document, |at, schema| {
        let Some(choices) = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .filter(|_| is_request(at))
        else {
            return Ok(false);
        };
        let mut choices = choices.clone();
        let Some(last) = choices.pop() else {
            return Ok(false);
        };
        let nested = choices.into_iter().rev().fold(last, |right, left| {
            let mut either = json!({});
            rust_type::set(&mut either, "Either", vec![left, right]);
            either
        });
        let inner = nested
            .pointer("/x-rust-type/parameters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        rust_type::set(schema, "Either", inner);
        Ok(true)
    })
}
