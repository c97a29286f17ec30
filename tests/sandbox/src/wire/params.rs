//! Parameters: validation of a decoded form against its schema in the document.

use serde_json::{Map, Value};

use super::form::{Fields, Node};
use crate::api::Document;
use crate::errors::ApiError;

/// Checks a form and gives it the types of its schema: integers become numbers, indexed maps become
/// arrays.
pub(crate) fn check(schema: &Value, fields: Fields) -> Result<Value, ApiError> {
    let form = Node::Map(fields);
    let mut unknown = Vec::new();
    find_unknown(schema, &form, "", &mut unknown);
    match unknown.as_slice() {
        [] => typed(schema, &form, ""),
        [one] => Err(
            ApiError::invalid(format!("Received unknown parameter: {one}"))
                .code("parameter_unknown")
                .param(one),
        ),
        [first, ..] => Err(ApiError::invalid(format!(
            "Received unknown parameters: {}",
            unknown.join(", ")
        ))
        .code("parameter_unknown")
        .param(first)),
    }
}

/// The strings of an array, such as those of `expand`.
pub(crate) fn words(array: &Value) -> impl Iterator<Item = &str> {
    array
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// A name as it is written in a form: `a[b][c]`.
fn below(name: &str, key: &str) -> String {
    if name.is_empty() {
        key.to_owned()
    } else {
        format!("{name}[{key}]")
    }
}

/// The variant of a schema with alternatives that matches a node.
fn variant<'a>(schema: &'a Value, node: &Node) -> &'a Value {
    let schema = Document::get().resolve(schema);
    let Some(variants) = schema["anyOf"].as_array() else {
        return schema;
    };
    let has = |variant: &Value, text: &str| {
        let values = variant["enum"].as_array();
        values.is_some_and(|values| values.iter().any(|value| value == text))
    };
    let of = |kind: &str| variants.iter().find(|variant| variant["type"] == kind);
    let scalar = || {
        variants
            .iter()
            .find(|variant| variant["type"] != "object" && variant["type"] != "array")
    };
    let chosen = match node {
        Node::Map(_) => of("object"),
        Node::List(_) => of("array"),
        // A listed value goes first, such as the empty text that unsets a number.
        Node::Text(text) => variants.iter().find(|variant| has(variant, text)),
    };
    chosen.or_else(scalar).unwrap_or(schema)
}

fn find_unknown(schema: &Value, node: &Node, name: &str, unknown: &mut Vec<String>) {
    let schema = variant(schema, node);
    let Node::Map(fields) = node else { return };
    if schema["type"] != "object" {
        return;
    }
    for (key, value) in fields {
        let name = below(name, key);
        match schema["properties"].get(key) {
            Some(schema) => find_unknown(schema, value, &name, unknown),
            None => unknown.push(name),
        }
    }
}

fn typed(schema: &Value, node: &Node, name: &str) -> Result<Value, ApiError> {
    let schema = variant(schema, node);
    match schema["type"].as_str() {
        Some("object") => object(schema, node, name),
        Some("array") => array(schema, node, name),
        Some("integer") => integer(text(node, name)?, name),
        Some("boolean") => boolean(text(node, name)?, name),
        _ => string(schema, node, name),
    }
}

fn object(schema: &Value, node: &Node, name: &str) -> Result<Value, ApiError> {
    let Node::Map(fields) = node else {
        return Err(match node {
            Node::Text(text) if text.is_empty() => empty(name),
            _ => invalid("object", node, name),
        });
    };
    let mut object = Map::new();
    for (key, value) in fields {
        let name = below(name, key);
        object.insert(
            key.clone(),
            typed(&schema["properties"][key.as_str()], value, &name)?,
        );
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if let Some(required) = required.as_str()
            && !object.contains_key(required)
        {
            let name = below(name, required);
            return Err(
                ApiError::invalid(format!("Missing required param: {name}."))
                    .code("parameter_missing")
                    .param(name),
            );
        }
    }
    Ok(Value::Object(object))
}

fn array(schema: &Value, node: &Node, name: &str) -> Result<Value, ApiError> {
    let items: Vec<&Node> = match node {
        Node::List(items) => items.iter().collect(),
        Node::Map(fields) => indexed(fields).ok_or_else(|| {
            ApiError::invalid(format!(
                "Invalid array: the keys of {name} must be 0, 1, 2 and so on, without a gap"
            ))
            .param(name)
        })?,
        Node::Text(text) if text.is_empty() => return Err(empty(name)),
        Node::Text(_) => return Err(invalid("array", node, name)),
    };
    items
        .into_iter()
        .enumerate()
        .map(|(at, item)| typed(&schema["items"], item, &below(name, &at.to_string())))
        .collect()
}

/// The items of an array with explicit indexes, if those are sequential.
fn indexed(fields: &Fields) -> Option<Vec<&Node>> {
    fields
        .iter()
        .enumerate()
        .map(|(at, (key, node))| (*key == at.to_string()).then_some(node))
        .collect()
}

fn string(schema: &Value, node: &Node, name: &str) -> Result<Value, ApiError> {
    let Node::Text(text) = node else {
        return Err(invalid("string", node, name));
    };
    let values: Vec<&str> = words(&schema["enum"]).collect();
    if values.contains(&text.as_str()) {
        return Ok(text.as_str().into());
    }
    if text.is_empty() {
        return Err(empty(name));
    }
    if !values.is_empty() {
        let listed = match values.as_slice() {
            [one] => (*one).to_owned(),
            [first, second] => format!("{first} or {second}"),
            [first @ .., last] => format!("{}, or {last}", first.join(", ")),
            [] => String::new(),
        };
        return Err(
            ApiError::invalid(format!("Invalid {name}: must be {}{listed}", {
                if values.len() > 1 { "one of " } else { "" }
            }))
            .param(name),
        );
    }
    if let Some(most) = schema["maxLength"].as_u64()
        && text.chars().count() as u64 > most
    {
        return Err(ApiError::invalid(format!(
            "Invalid string: {name} may be {most} characters long, and is longer"
        ))
        .param(name));
    }
    Ok(text.as_str().into())
}

fn integer(text: &str, name: &str) -> Result<Value, ApiError> {
    // A number beyond the range is a very large one, and is clamped where large ones are.
    text.parse::<i128>()
        .ok()
        .or_else(|| beyond(text))
        .map(|number| number.clamp(i64::MIN.into(), i64::MAX.into()))
        .and_then(|number| i64::try_from(number).ok())
        .map(Value::from)
        .ok_or_else(|| {
            ApiError::invalid(format!("Invalid integer: {text}"))
                .code("parameter_invalid_integer")
                .param(name)
        })
}

/// The nearest number to one of any number of digits.
fn beyond(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let all_digits = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let nearest = if digits.len() == text.len() {
        i128::MAX
    } else {
        i128::MIN
    };
    all_digits.then_some(nearest)
}

fn boolean(text: &str, name: &str) -> Result<Value, ApiError> {
    text.parse::<bool>()
        .map(Value::from)
        .map_err(|_| ApiError::invalid(format!("Invalid boolean: {text}")).param(name))
}

fn text<'a>(node: &'a Node, name: &str) -> Result<&'a str, ApiError> {
    match node {
        Node::Text(text) if text.is_empty() => Err(empty(name)),
        Node::Text(text) => Ok(text),
        Node::List(_) | Node::Map(_) => Err(invalid("string", node, name)),
    }
}

fn empty(name: &str) -> ApiError {
    ApiError::invalid(format!(
        "{name} is empty. An empty value asks to unset a parameter, and {name} cannot be unset; \
         leave it out, or give it a value."
    ))
    .code("parameter_invalid_empty")
    .param(name)
}

fn invalid(wanted: &str, node: &Node, name: &str) -> ApiError {
    ApiError::invalid(format!("Invalid {wanted}: {}", node.to_json())).param(name)
}
