//! Places that hold one of several types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::rust_type;
use super::untyped::UNTYPED;
use crate::names::{Names, pascal};
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
pub(super) fn type_unions(document: &mut Value, names: &mut Names) -> Result<usize> {
    let components = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let mut found = Unions::default();
    let mut aliases: BTreeMap<String, Value> = BTreeMap::new();
    let mut count = 0;
    each(document, &mut |at, schema| {
        let Some(choices) = schema.get("anyOf").and_then(Value::as_array) else {
            return Ok(());
        };
        if is_request(at) || choices.len() < 2 {
            return Ok(());
        }
        let mut members = Vec::new();
        if !add_members(choices, &components, &mut members) {
            return Ok(());
        }
        count += 1;
        let at = Pointer::from(at);
        found.type_choice(&at, schema, &members, &components, names);
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
        // One that is read as its first member may lead to another choice.
        let mut seen = BTreeSet::new();
        while let Some(name) = referred(schema).map(str::to_owned)
            && let Some(alias) = aliases.get(&name)
        {
            match seen.insert(name) {
                true => merge_kept(schema, alias.clone()),
                false => rust_type::set(schema, "RawJson", Vec::new()),
            }
        }
        Ok(())
    })?;
    if count > 0 {
        document["x-unions"] = Value::Object(found.unions);
        document[UNTYPED] = Value::Object(found.untyped);
    }
    Ok(count)
}

/// The unions that have been found, and the places that could not become one.
#[derive(Default)]
struct Unions {
    unions: Map<String, Value>,
    untyped: Map<String, Value>,
    /// The name of each union by what it is named for.
    known: BTreeMap<String, String>,
}

impl Unions {
    /// Gives a type to a choice of these members.
    fn type_choice(
        &mut self,
        at: &Pointer,
        schema: &mut Value,
        members: &[String],
        components: &Map<String, Value>,
        names: &mut Names,
    ) {
        let choices = schema["anyOf"].as_array().map_or(0, Vec::len);
        let Some(first) = members.first() else {
            rust_type::set(schema, "RawJson", Vec::new());
            return;
        };
        if let Some(tags) = tags(members, components) {
            let (source, base) = union_name(at, &tags, choices > members.len());
            let known = self.known.entry(source.clone());
            let name = known.or_insert_with(|| names.given(source, base, "Object"));
            let union = json!({ "members": tags, "description": schema.get("description") });
            self.unions.insert(name.clone(), union);
            rust_type::set(schema, name, Vec::new());
            return;
        }
        let requires_nothing = |first: &Value| {
            let required = first.get("required").and_then(Value::as_array);
            first["properties"].is_object() && required.is_none_or(Vec::is_empty)
        };
        let account = match components.get(first).is_some_and(requires_nothing) {
            true => {
                merge_kept(schema, json!({ "$ref": reference_to(first) }));
                format!("{}, read as `{first}`", several(members))
            }
            false => {
                rust_type::set(schema, "RawJson", Vec::new());
                format!("{}, kept as raw JSON", several(members))
            }
        };
        self.untyped.insert(at.to_string(), account.into());
    }
}

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

/// Adds the components that the choices refer to, those of a choice within a choice included.
/// References that were cut are left out: their objects are kept raw. `false` if a choice is anything
/// else.
fn add_members(
    choices: &[Value],
    components: &Map<String, Value>,
    found: &mut Vec<String>,
) -> bool {
    let mut within = BTreeSet::new();
    let mut pending: Vec<&Value> = choices.iter().rev().collect();
    while let Some(choice) = pending.pop() {
        if rust_type::name(choice) == Some("RawJson") {
            continue;
        }
        let Some(name) = referred(choice) else {
            return false;
        };
        let inner = components.get(name).and_then(|it| it.get("anyOf"));
        match inner.and_then(Value::as_array) {
            // A choice within itself adds nothing.
            Some(inner) if within.insert(name) => pending.extend(inner.iter().rev()),
            Some(_) => {}
            None if found.iter().any(|known| known == name) => {}
            None => found.push(name.to_owned()),
        }
    }
    true
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

/// What a union is named for, and after.
fn union_name(at: &Pointer, members: &[Value], has_others: bool) -> (String, String) {
    let components = || {
        members
            .iter()
            .filter_map(|member| member["component"].as_str())
    };
    match at.segments() {
        [_, _, component] => (format!("schema {component}"), pascal(component)),
        _ if members.len() <= NAMED_MEMBERS => {
            let mut source: Vec<&str> = components().collect();
            let mut names: Vec<String> = components().map(pascal).collect();
            if has_others {
                source.push("");
                names.push("Other".to_owned());
            }
            (format!("union {}", source.join("|")), names.join("Or"))
        }
        segments => {
            let words = segments.iter().skip(2).filter(|segment| {
                !matches!(
                    segment.as_str(),
                    "properties" | "anyOf" | "items" | "x-rust-type" | "parameters"
                ) && segment.parse::<usize>().is_err()
            });
            let base = words.map(|word| pascal(word)).collect();
            (format!("union {at}"), base)
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
