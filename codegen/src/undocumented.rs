//! The places of a document that have no words of ours yet.

use serde_json::Value;

/// Every operation, type, field and value of the normalised document without a description.
pub(crate) fn list(document: &Value) -> Vec<String> {
    let mut missing = Vec::new();
    let mut check = |place: &Value, name: String| {
        if place.as_str().unwrap_or_default().trim().is_empty() {
            missing.push(name);
        }
    };
    for (name, id) in members(&document["x-ids"]) {
        check(&id["description"], format!("id {name}"));
    }
    for (path, item) in members(&document["paths"]) {
        for (method, operation) in members(item) {
            let name = format!("operation {} {path}", method.to_uppercase());
            check(&operation["summary"], name.clone());
            let resource = operation["x-rust"]
                .as_str()
                .and_then(|rust| rust.split('.').next())
                .unwrap_or_default();
            check(
                &document["x-resources"][resource],
                format!("resource {resource}"),
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let parameter_name = parameter["name"].as_str().unwrap_or_default();
                check(
                    &parameter["description"],
                    format!("{name}, parameter {parameter_name}"),
                );
            }
        }
    }
    for (name, schema) in members(&document["components"]["schemas"]) {
        check(&schema["description"], format!("type {name}"));
        for (property, place) in members(&schema["properties"]) {
            check(&place["description"], format!("field {name}.{property}"));
        }
        for value in schema["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            check(&schema["x-values"][value], format!("value {name}.{value}"));
        }
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
