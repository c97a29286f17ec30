//! What a document says of the parameters of a request.

use serde_json::{Value, json};

/// The pairs of a form, decoded.
pub(super) fn decoded(form: &str) -> Vec<(String, String)> {
    let pairs = form.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap();
            (percent_decoded(key), percent_decoded(value))
        })
        .collect()
}

fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().replace('+', " ").into_bytes();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].replace('+', " ").into_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// The pairs that the document does not allow, and the parameters that it demands and are not there.
pub(super) fn faults(operation: &Value, form: &[(String, String)]) -> Vec<String> {
    let body = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    let mut properties = body["properties"].as_object().cloned().unwrap_or_default();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] == "query" {
            let name = parameter["name"].as_str().unwrap();
            properties.insert(name.to_owned(), parameter["schema"].clone());
        }
    }
    let schema = json!({ "type": "object", "properties": properties });
    let mut faults = Vec::new();
    for (key, value) in form {
        let segments: Vec<&str> = key
            .split(['[', ']'])
            .filter(|segment| !segment.is_empty())
            .collect();
        if !allows(&schema, &segments, value) {
            faults.push(format!("`{key}` must not be {value:?}"));
        }
    }
    for name in body["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        if !form
            .iter()
            .any(|(key, _)| key.split('[').next() == Some(name))
        {
            faults.push(format!("`{name}` is not given"));
        }
    }
    faults
}

fn allows(schema: &Value, segments: &[&str], value: &str) -> bool {
    if let Some(choices) = schema["anyOf"].as_array() {
        let mut choices = choices.iter();
        return choices.any(|choice| allows(choice, segments, value));
    }
    match (schema["type"].as_str(), segments) {
        (Some("object"), [name, rest @ ..]) => {
            let inner = match &schema["properties"][name] {
                Value::Null => &schema["additionalProperties"],
                inner => inner,
            };
            inner.is_object() && allows(inner, rest, value)
        }
        (Some("array"), [index, rest @ ..]) => {
            index.parse::<usize>().is_ok() && allows(&schema["items"], rest, value)
        }
        (Some("string"), []) => match schema["enum"].as_array() {
            Some(values) => values.iter().any(|known| known == value),
            None => !value.is_empty(),
        },
        (Some("integer"), []) => value.parse::<i64>().is_ok(),
        (Some("number"), []) => value.parse::<f64>().is_ok(),
        (Some("boolean"), []) => matches!(value, "true" | "false"),
        _ => false,
    }
}
