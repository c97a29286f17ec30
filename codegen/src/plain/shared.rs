//! Parameters, bodies and answers that are kept apart from their operations, put where they belong.

use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::walk::METHODS;

/// How many references may lead to one another before they count as a circle.
const CHAIN: usize = 32;

pub(super) fn resolve(document: &mut Value) {
    let Some(Value::Object(mut paths)) = document.get_mut("paths").map(Value::take) else {
        return;
    };
    for item in paths.values_mut() {
        *item = resolved(document, item.take());
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        let shared = item.remove("parameters").unwrap_or_default();
        let servers = item.remove("servers");
        let shared = parameters(document, shared);
        for (method, operation) in item.iter_mut() {
            if let Some(operation) = operation
                .as_object_mut()
                .filter(|_| METHODS.contains(&method.as_str()))
            {
                resolve_operation(document, operation, &shared);
                if let Some(servers) = &servers {
                    let own = operation.entry("servers");
                    own.or_insert_with(|| servers.clone());
                }
            }
        }
    }
    document["paths"] = Value::Object(paths);
}

fn resolve_operation(document: &Value, operation: &mut Map<String, Value>, shared: &[Value]) {
    let own = operation.remove("parameters").unwrap_or_default();
    let mut own = parameters(document, own);
    let place = |parameter: &Value| (parameter["in"].clone(), parameter["name"].clone());
    for parameter in shared {
        if !own.iter().any(|other| place(other) == place(parameter)) {
            own.push(parameter.clone());
        }
    }
    if !own.is_empty() {
        operation.insert("parameters".to_owned(), Value::Array(own));
    }
    if let Some(body) = operation.get_mut("requestBody") {
        *body = resolved(document, body.take());
    }
    let responses = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut);
    for (_, response) in responses.into_iter().flatten() {
        *response = resolved(document, response.take());
    }
}

fn parameters(document: &Value, list: Value) -> Vec<Value> {
    match list {
        Value::Array(list) => list
            .into_iter()
            .map(|parameter| resolved(document, parameter))
            .collect(),
        _ => Vec::new(),
    }
}

/// What a reference leads to; the reference itself where it leads nowhere in this document.
fn resolved(document: &Value, value: Value) -> Value {
    let mut found = &value;
    for _ in 0..CHAIN {
        let Some(reference) = found.get("$ref") else {
            break;
        };
        let at = reference.as_str().and_then(|text| text.strip_prefix('#'));
        match at
            .and_then(Pointer::parse)
            .and_then(|at| at.resolve(document))
        {
            Some(target) => found = target,
            None => return value,
        }
    }
    match found.get("$ref") {
        Some(_) => value,
        None => found.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_stands_where_it_belongs() {
        let mut document = json!({
            "components": { "parameters": {
                "limit": { "name": "limit", "in": "query" },
                "a": { "$ref": "#/components/parameters/b" },
                "b": { "$ref": "#/components/parameters/a" },
            } },
            "paths": { "/v1/a/{id}": {
                "parameters": [{ "name": "id", "in": "path" }, { "name": "q", "in": "query", "description": "S" }],
                "get": { "parameters": [
                    { "$ref": "#/components/parameters/limit" },
                    { "$ref": "#/components/parameters/a" },
                    { "name": "q", "in": "query", "description": "O" },
                ] },
            } },
        });
        resolve(&mut document);
        assert_eq!(
            document["paths"]["/v1/a/{id}"],
            json!({ "get": { "parameters": [
                { "name": "limit", "in": "query" },
                { "$ref": "#/components/parameters/a" },
                { "name": "q", "in": "query", "description": "O" },
                { "name": "id", "in": "path" },
            ] } })
        );
    }
}
