//! What the compiled types say, by their JSON Schemas.

use serde_json::{Map, Value};

use crate::comparison::facts::Facts;

/// Reads the schemas of all types.
pub(crate) fn read() -> Facts {
    let mut facts = Facts::default();
    for (name, schema) in stripe_financial_connections::schemas() {
        let schema = Value::from(schema);
        say(&mut facts, &name, &name, &schema);
    }
    facts.say(
        "document",
        "version",
        stripe_financial_connections::API_VERSION,
    );
    facts
}

fn say(facts: &mut Facts, root: &str, place: &str, schema: &Value) {
    let Some(members) = schema.as_object() else {
        facts.say(place, "schema", schema.to_string());
        return;
    };
    if let Some((inner, null)) = pair(members)
        && null == &serde_json::json!({ "type": "null" })
    {
        facts.say(place, "nullable", "true");
        for (keyword, value) in members.iter().filter(|(keyword, _)| *keyword != "anyOf") {
            self::keyword(facts, root, place, keyword, value);
        }
        say(facts, root, place, inner);
        return;
    }
    if let Some((known, any)) = pair(members)
        && any == &serde_json::json!({ "type": "string" })
        && known.get("enum").is_some()
    {
        facts.say(place, "open", "true");
        say(facts, root, place, known);
        return;
    }
    for (keyword, value) in members {
        self::keyword(facts, root, place, keyword, value);
    }
    let required = members.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    let properties = members.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let place = format!("{place}.{name}");
        facts.say(&place, "required", is_required(name).to_string());
        say(facts, root, &place, property);
    }
}

fn keyword(facts: &mut Facts, root: &str, place: &str, keyword: &str, value: &Value) {
    match (keyword, value) {
        ("$schema" | "$defs" | "title" | "properties" | "required", _) => {}
        ("type", Value::Array(types)) => {
            for kind in types {
                match kind.as_str() {
                    Some("null") => facts.say(place, "nullable", "true"),
                    _ => facts.say(place, "type", text(kind)),
                }
            }
        }
        ("enum", Value::Array(values)) => values
            .iter()
            .for_each(|value| facts.say(place, "enum", text(value))),
        ("anyOf", Value::Array(choices)) => {
            facts.say(place, "anyOf", choices.len().to_string());
            for (index, choice) in choices.iter().enumerate() {
                say(facts, root, &format!("{place}|{}", index + 1), choice);
            }
        }
        ("items", items) => say(facts, root, &format!("{place}[]"), items),
        ("additionalProperties", Value::Bool(open)) => {
            let open = if *open { "open" } else { "closed" };
            facts.say(place, "additional", open);
        }
        ("additionalProperties", values) => {
            facts.say(place, "additional", "map");
            say(facts, root, &format!("{place}{{}}"), values);
        }
        ("$ref", Value::String(reference)) => {
            let name = reference.strip_prefix("#/$defs/").unwrap_or(root);
            facts.say(place, "ref", name);
        }
        ("x-id", id) => facts.say(place, "id", text(id)),
        ("x-type", name) => facts.say(place, "named", text(name)),
        ("x-sensitive", sensitive) => facts.say(place, "sensitive", sensitive.to_string()),
        (keyword, value) => facts.say(place, keyword, text(value)),
    }
}

/// The two sides of a choice of two.
fn pair(members: &Map<String, Value>) -> Option<(&Value, &Value)> {
    match members.get("anyOf")?.as_array()?.as_slice() {
        [first, second] => Some((first, second)),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
