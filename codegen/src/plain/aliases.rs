//! Components that are no type of their own: another name for a string, a list, a map, or for another
//! component. They are written out where they are referred to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::schemas::{each, referred};

/// How large and how deep an alias may become before its places are kept as raw JSON.
const SIZE: usize = 4_000;
const DEPTH: usize = 40;

/// The mark of a place that could be anything, with the reason.
pub(crate) const RAW: &str = "x-raw";

struct Alias {
    schema: Value,
    size: usize,
    depth: usize,
}

pub(super) fn inline(document: &mut Value) {
    let Some(components) = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
    else {
        return;
    };
    let waiting: BTreeMap<String, Value> = components
        .iter()
        .filter(|(_, schema)| is_alias(schema))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    if waiting.is_empty() {
        return;
    }
    let aliases = expanded(waiting);
    let walked = each(document, &mut |_, schema| {
        expand(schema, &aliases);
        Ok(())
    });
    debug_assert!(walked.is_ok(), "nothing is refused here");
    let components = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    if let Some(components) = components {
        components.retain(|name, _| !aliases.contains_key(name));
    }
}

/// Whether a component is neither an object, nor an enum, nor a choice.
fn is_alias(schema: &Value) -> bool {
    let is_list = schema.pointer("/properties/object/enum") == Some(&json!(["list"]))
        && schema.pointer("/properties/data/items").is_some();
    let is_object = schema["type"] == "object" && !schema["additionalProperties"].is_object();
    let is_choice = schema["anyOf"].as_array().is_some_and(|choices| {
        choices.len() > 1 && choices.iter().all(|it| referred(it).is_some())
    });
    is_list
        || !(is_object || is_choice || schema.get("enum").is_some())
            && schema.is_object()
            && !schema["properties"].is_object()
}

/// Every alias without another one in it. Those that lead back to themselves, or grow without bound,
/// could be anything.
fn expanded(mut waiting: BTreeMap<String, Value>) -> BTreeMap<String, Alias> {
    let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for (name, schema) in &waiting {
        let mut used = BTreeSet::new();
        references(schema, &mut used);
        used.retain(|other| waiting.contains_key(other));
        missing.insert(name.clone(), used.len());
        for other in used {
            users.entry(other).or_default().push(name.clone());
        }
    }
    let mut ready: Vec<String> = missing
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(name, _)| name.clone())
        .collect();
    let mut done: BTreeMap<String, Alias> = BTreeMap::new();
    while let Some(name) = ready.pop() {
        let Some(schema) = waiting.remove(&name) else {
            continue;
        };
        let alias = alias(schema, &done);
        done.insert(name.clone(), alias);
        for user in users.remove(&name).into_iter().flatten() {
            if let Some(count) = missing.get_mut(&user) {
                *count -= 1;
                if *count == 0 {
                    ready.push(user);
                }
            }
        }
    }
    for name in waiting.into_keys() {
        let reason = format!("`{name}` is defined by itself");
        done.insert(name, raw(&reason));
    }
    done
}

fn alias(mut schema: Value, done: &BTreeMap<String, Alias>) -> Alias {
    let (size, depth) = measured(&schema, done);
    if size > SIZE || depth > DEPTH {
        return raw("it is too large to be written out");
    }
    expand_within(&mut schema, done);
    Alias {
        schema,
        size,
        depth,
    }
}

fn raw(reason: &str) -> Alias {
    Alias {
        schema: json!({ RAW: reason }),
        size: 1,
        depth: 1,
    }
}

/// The size and the depth of a schema once its aliases are written out.
fn measured(part: &Value, done: &BTreeMap<String, Alias>) -> (usize, usize) {
    if let Some(alias) = referred(part).and_then(|name| done.get(name)) {
        return (alias.size, alias.depth);
    }
    let inner: Vec<(usize, usize)> = match part {
        Value::Object(members) => members.values().map(|part| measured(part, done)).collect(),
        Value::Array(items) => items.iter().map(|part| measured(part, done)).collect(),
        _ => Vec::new(),
    };
    let size: usize = inner.iter().map(|(size, _)| size).sum();
    let depth = inner.iter().map(|(_, depth)| *depth).max();
    (size + 1, depth.unwrap_or_default() + 1)
}

fn expand_within(part: &mut Value, done: &BTreeMap<String, Alias>) {
    match part {
        Value::Object(members) => members
            .values_mut()
            .for_each(|part| expand_within(part, done)),
        Value::Array(items) => items.iter_mut().for_each(|part| expand_within(part, done)),
        _ => {}
    }
    expand(part, done);
}

/// Puts an alias in the place of a reference to it. What stands beside the reference stays.
fn expand(schema: &mut Value, aliases: &BTreeMap<String, Alias>) {
    let Some(alias) = referred(schema).and_then(|name| aliases.get(name)) else {
        return;
    };
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    members.remove("$ref");
    let none = Map::new();
    for (key, value) in alias.schema.as_object().unwrap_or(&none) {
        members.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

fn references(part: &Value, used: &mut BTreeSet<String>) {
    used.extend(referred(part).map(str::to_owned));
    match part {
        Value::Object(members) => members.values().for_each(|part| references(part, used)),
        Value::Array(items) => items.iter().for_each(|part| references(part, used)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_written_out() {
        let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let mut document = json!({ "components": { "schemas": {
            "text": { "type": "string", "description": "A text." },
            "texts": { "type": "array", "items": reference("text") },
            "loop": { "type": "array", "items": reference("loop") },
            "self": reference("self"),
            "thing": { "type": "object", "properties": {
                "a": reference("texts"),
                "b": reference("loop"),
                "c": { "$ref": "#/components/schemas/self", "description": "C" },
                "d": reference("thing"),
            } },
        } } });
        inline(&mut document);
        assert_eq!(
            document["components"]["schemas"],
            json!({ "thing": { "type": "object", "properties": {
                "a": { "type": "array", "items": { "type": "string", "description": "A text." } },
                "b": { RAW: "`loop` is defined by itself" },
                "c": { RAW: "`self` is defined by itself", "description": "C" },
                "d": reference("thing"),
            } } })
        );
    }

    #[test]
    fn what_doubles_at_each_step_is_given_up() {
        let mut schemas = Map::new();
        schemas.insert("a0".to_owned(), json!({ "type": "string" }));
        for level in 1..60 {
            let inner = json!({ "$ref": format!("#/components/schemas/a{}", level - 1) });
            let choice = json!({ "anyOf": [inner, { "type": "array", "items": inner }] });
            schemas.insert(format!("a{level}"), choice);
        }
        schemas.insert(
            "thing".to_owned(),
            json!({ "type": "object", "properties": { "x": { "$ref": "#/components/schemas/a59" } } }),
        );
        let mut document = json!({ "components": { "schemas": schemas } });
        inline(&mut document);
        let text = document.to_string();
        assert!(text.len() < 200_000, "{}", text.len());
        assert!(text.contains("too large"), "{text}");
    }
}
