//! One way to write each schema, where OpenAPI 3.0 and 3.1 have several.

use serde_json::{Map, Value, json};

use crate::schemas::each;

pub(super) fn simplify(document: &mut Value) {
    let walked = each(document, &mut |_, schema| {
        booleans(schema);
        types(schema);
        constants(schema);
        choices(schema);
        null_choices(schema);
        values(schema);
        kind(schema);
        object(schema);
        Ok(())
    });
    debug_assert!(walked.is_ok(), "nothing is refused here");
}

/// A schema that is `true` is one that says nothing.
fn booleans(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let plain = |inner: &mut Value| match inner {
        Value::Bool(true) => *inner = json!({}),
        Value::Bool(false) => *inner = json!({ "not": {} }),
        _ => {}
    };
    if let Some(items) = members.get_mut("items") {
        plain(items);
    }
    for member in ["anyOf", "oneOf", "allOf"] {
        let choices = members.get_mut(member).and_then(Value::as_array_mut);
        choices.into_iter().flatten().for_each(plain);
    }
    let properties = members.get_mut("properties").and_then(Value::as_object_mut);
    properties
        .into_iter()
        .flatten()
        .for_each(|(_, property)| plain(property));
}

/// `type: [string, null]` is a nullable string, and of several types one is a choice.
fn types(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let Some(types) = members.get("type").and_then(Value::as_array) else {
        return;
    };
    let named: Vec<Value> = types.iter().filter(|ty| *ty != "null").cloned().collect();
    let is_nullable = named.len() < types.len();
    members.remove("type");
    match named.as_slice() {
        [] => {}
        [only] => {
            members.insert("type".to_owned(), only.clone());
        }
        _ if members.contains_key("anyOf") => {}
        _ => {
            let choices = named.iter().map(|ty| narrowed(members, ty)).collect();
            members.retain(|member, _| matches!(member.as_str(), "description" | "title"));
            members.insert("anyOf".to_owned(), choices);
        }
    }
    if is_nullable {
        members.insert("nullable".to_owned(), true.into());
    }
}

/// A schema of several types, narrowed to one of them.
fn narrowed(members: &Map<String, Value>, ty: &Value) -> Value {
    let mut narrowed = members.clone();
    narrowed.remove("description");
    narrowed.insert("type".to_owned(), ty.clone());
    if ty != "object" {
        narrowed.retain(|member, _| {
            !matches!(
                member.as_str(),
                "properties" | "required" | "additionalProperties"
            )
        });
    }
    if ty != "array" {
        narrowed.remove("items");
    }
    Value::Object(narrowed)
}

/// A constant is an enum of one value.
fn constants(schema: &mut Value) {
    if let Some(members) = schema.as_object_mut()
        && let Some(value) = members.remove("const")
    {
        members
            .entry("enum")
            .or_insert_with(|| Value::Array(vec![value]));
    }
}

/// One of, any of, and all of one: the generator tells only a choice from a single schema.
fn choices(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    if !members.contains_key("anyOf")
        && let Some(choices) = members.remove("oneOf")
    {
        members.insert("anyOf".to_owned(), choices);
        members.remove("discriminator");
    }
    let single = match members
        .get("allOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([single]) => single.as_object().cloned(),
        _ => None,
    };
    if let Some(single) = single
        && single
            .keys()
            .all(|key| key == "description" || !members.contains_key(key))
    {
        members.remove("allOf");
        for (key, value) in single {
            members.entry(key).or_insert(value);
        }
    }
}

/// Null among the choices is a nullable choice of the others.
fn null_choices(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let Some(choices) = members.get_mut("anyOf").and_then(Value::as_array_mut) else {
        return;
    };
    let before = choices.len();
    // A type that was nothing but null has lost it by now.
    choices.retain(|choice| !is_null(choice));
    let mut is_nullable = choices.len() < before;
    for choice in choices.iter_mut() {
        if let Some(choice) = choice.as_object_mut() {
            is_nullable |= choice.remove("nullable") == Some(Value::Bool(true));
        }
    }
    let is_empty = choices.is_empty();
    if is_nullable {
        members.insert("nullable".to_owned(), true.into());
    }
    if is_empty {
        members.remove("anyOf");
    }
}

fn is_null(choice: &Value) -> bool {
    let is_alone = |members: &Map<String, Value>| {
        members
            .keys()
            .all(|key| matches!(key.as_str(), "nullable" | "type" | "enum" | "description"))
    };
    let nothing_else = choice.get("type").is_none_or(|ty| ty == "null");
    choice.as_object().is_some_and(is_alone)
        && nothing_else
        && (choice["type"] == "null"
            || choice["nullable"] == true
            || choice["enum"] == json!([null]))
}

/// An enum lists texts, each once. What is not a text can be no value of a string, and an enum of
/// anything else restricts what the type already is.
fn values(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let Some(values) = members.get("enum").and_then(Value::as_array) else {
        return;
    };
    let has_null = values.contains(&Value::Null);
    let mut texts: Vec<Value> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for text in values.iter().filter_map(Value::as_str) {
        if seen.insert(text) {
            texts.push(text.into());
        }
    }
    let others = values
        .iter()
        .filter(|value| !value.is_string() && !value.is_null())
        .count();
    let is_text = match members.get("type") {
        Some(ty) => ty == "string",
        None => others == 0 && !texts.is_empty(),
    };
    if has_null {
        members.insert("nullable".to_owned(), true.into());
    }
    if !is_text {
        // `deleted` is an enum of the one value `true`, which tells objects apart.
        if values_are_flag(members) {
            return;
        }
        members.remove("enum");
        return;
    }
    members.insert("type".to_owned(), "string".into());
    match texts.is_empty() {
        true => members.remove("enum"),
        false => members.insert("enum".to_owned(), Value::Array(texts)),
    };
}

fn values_are_flag(members: &Map<String, Value>) -> bool {
    members.get("enum") == Some(&json!([true]))
}

/// A schema that says what it holds need not say its type.
fn kind(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    if members.get("type").is_some_and(Value::is_string) {
        return;
    }
    let ty = match members {
        _ if members.contains_key("$ref") || members.contains_key("anyOf") => return,
        _ if members.contains_key("properties")
            || members
                .get("additionalProperties")
                .is_some_and(Value::is_object) =>
        {
            "object"
        }
        _ if members.contains_key("items") => "array",
        _ => return,
    };
    members.insert("type".to_owned(), ty.into());
}

/// What is required exists, and what else an object may hold matters only where nothing is named.
fn object(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let names: Vec<String> = members
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    if let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| names.iter().any(|known| name == known));
        required.dedup();
    }
    if !names.is_empty() {
        members.remove("additionalProperties");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_becomes_the_one() {
        for (before, after) in [
            (
                json!({ "type": ["string", "null"] }),
                json!({ "type": "string", "nullable": true }),
            ),
            (
                json!({ "type": ["string", "integer"], "description": "D" }),
                json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }], "description": "D" }),
            ),
            (
                json!({ "const": "a" }),
                json!({ "type": "string", "enum": ["a"] }),
            ),
            (
                json!({ "oneOf": [{ "$ref": "#/a" }, { "type": "null" }], "discriminator": {} }),
                json!({ "anyOf": [{ "$ref": "#/a" }], "nullable": true }),
            ),
            (
                json!({ "allOf": [{ "$ref": "#/a" }], "description": "D" }),
                json!({ "$ref": "#/a", "description": "D" }),
            ),
            (
                json!({ "type": "string", "enum": ["a", null, 1, "a"] }),
                json!({ "type": "string", "enum": ["a"], "nullable": true }),
            ),
            (
                json!({ "type": "string", "enum": [] }),
                json!({ "type": "string" }),
            ),
            (
                json!({ "type": "integer", "enum": [1, 2] }),
                json!({ "type": "integer" }),
            ),
            (
                json!({ "type": "boolean", "enum": [true] }),
                json!({ "type": "boolean", "enum": [true] }),
            ),
            (
                json!({ "properties": { "a": true }, "required": ["a", "b"], "additionalProperties": { "type": "string" } }),
                json!({ "type": "object", "properties": { "a": {} }, "required": ["a"] }),
            ),
            (
                json!({ "items": true }),
                json!({ "type": "array", "items": {} }),
            ),
        ] {
            let mut document = json!({ "components": { "schemas": { "A": before } } });
            simplify(&mut document);
            assert_eq!(document["components"]["schemas"]["A"], after);
        }
    }
}
