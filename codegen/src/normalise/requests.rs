//! Requests: what each is called, and everything that it takes as one struct.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::generator::{collision, components};
use crate::judge::{Body, body};
use crate::names::{Names, pascal, singular};
use crate::schemas::{SENT, operations, reference_to, referred};
use crate::{Error, Pointer, Result, Stage};

/// The media type of the struct of parameters, whatever is sent in the end.
const COLLECTED: &str = "application/x-www-form-urlencoded";

/// Claims the names of the overlay, and names every request: `accounts.refresh` is `RefreshAccount`,
/// `accounts.list` is `ListAccounts`, unless the overlay names it otherwise.
pub(super) fn name_requests(document: &mut Value, names: &mut Names) -> Result<usize> {
    let ids: Vec<String> = document["x-ids"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    for id in ids {
        let claimed = names.fixed(format!("id {id}"), &id);
        claimed.ok_or_else(|| collision(["x-ids", &id], &id))?;
    }
    for (name, schema) in components(document)? {
        if let Some(fixed) = schema.get("x-name").and_then(Value::as_str) {
            let claimed = names.fixed(format!("schema {name}"), fixed);
            claimed.ok_or_else(|| collision(["components", "schemas", name], fixed))?;
        }
    }
    let mut count = 0;
    operations(document, &mut |at, operation| {
        let rust = operation.get("x-rust").and_then(Value::as_str);
        let Some((resource, method)) = rust.and_then(|rust| rust.split_once('.')) else {
            return Err(Error::new(
                Stage::Normalise,
                at,
                "the operation has no name in Rust",
                "list it in the slice",
            ));
        };
        let source = format!("request {}", Pointer::from(at));
        let name = match operation.get("x-name").and_then(Value::as_str) {
            Some(fixed) => names
                .fixed(source, fixed)
                .ok_or_else(|| collision(at, fixed))?,
            None => {
                let resource = match method {
                    "list" | "search" => resource.to_owned(),
                    _ => singular(resource),
                };
                names.given(source, pascal(method) + &pascal(&resource), "Request")
            }
        };
        let params = format!("{name}Params");
        let params = names.given(format!("params {}", Pointer::from(at)), params, "Object");
        operation["x-name"] = name.into();
        operation["x-params"] = params.into();
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// Turns the query parameters and the body of each operation into one struct, so that they are built
/// alike. A property that goes into the query of a request with a body says so.
pub(super) fn collect_parameters(document: &mut Value) -> Result<usize> {
    // The copies of components that bodies refer to: their properties become parameters.
    let bodies: BTreeMap<String, Value> = components(document)?
        .iter()
        .filter(|(name, _)| name.starts_with(SENT))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let mut structs = Vec::new();
    operations(document, &mut |at, operation| {
        // A GET and a DELETE have all of them in the query.
        let is_sent = !matches!(at.key(), Some("get" | "delete"));
        let body = body(operation).ok().flatten().map(|(form, schema)| {
            let named = referred(schema).and_then(|name| bodies.get(name));
            (form, named.unwrap_or(schema).clone())
        });
        let name = operation["x-params"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let Some(members) = operation.as_object_mut() else {
            return Ok(());
        };
        members.remove("requestBody");
        let has_body = body.is_some();
        let mut schema = json!({ "type": "object" });
        if let Some((form, body)) = body {
            schema = body;
            if form == Body::Json {
                members.insert("x-body".to_owned(), "json".into());
            }
        }
        let mut properties = taken_object(&mut schema, "properties");
        let mut required = taken_list(&mut schema, "required");
        let parameters = members.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            if parameter["in"] == "query" {
                query(
                    parameter,
                    has_body && is_sent,
                    &mut properties,
                    &mut required,
                );
            }
        }
        if let Some(parameters) = members.get_mut("parameters").and_then(Value::as_array_mut) {
            parameters.retain(|parameter| parameter["in"] != "query");
        }
        members.insert(
            "requestBody".to_owned(),
            json!({ "content": { COLLECTED: { "schema": { "$ref": reference_to(&name) } } }, "required": true }),
        );
        schema["properties"] = Value::Object(properties);
        schema["required"] = Value::Array(required);
        structs.push((Pointer::from(at), name, schema));
        Ok(())
    })?;
    let count = structs.len();
    let components = components(document)?;
    for (at, name, mut schema) in structs {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("nullable");
            schema.insert("x-name".to_owned(), name.clone().into());
            schema.insert("x-params".to_owned(), true.into());
            schema.insert("x-request".to_owned(), true.into());
            schema.insert("x-source".to_owned(), at.to_string().into());
            schema.insert(
                "description".to_owned(),
                "The parameters of the request.".into(),
            );
        }
        if components.insert(name.clone(), schema).is_some() {
            return Err(collision(at, &name));
        }
    }
    Ok(count)
}

/// One parameter of the query as a property.
fn query(
    parameter: &Value,
    has_body: bool,
    properties: &mut Map<String, Value>,
    required: &mut Vec<Value>,
) {
    let wire = parameter["name"].as_str().unwrap_or_default();
    let mut schema = parameter.get("schema").cloned().unwrap_or_default();
    for mark in ["description", "x-exclusive"] {
        if let (Some(text), Some(schema)) = (parameter.get(mark), schema.as_object_mut()) {
            schema.entry(mark).or_insert_with(|| text.clone());
        }
    }
    let mut key = wire.to_owned();
    if let Some(schema) = schema.as_object_mut() {
        if has_body {
            schema.insert("x-query".to_owned(), true.into());
        }
        // The body may have a property of that name.
        if has_body && properties.contains_key(wire) {
            key = format!("{wire}{SENT}");
            schema.insert("x-wire".to_owned(), wire.into());
        }
    }
    if parameter.get("required") == Some(&Value::Bool(true)) {
        required.push(key.clone().into());
    }
    properties.insert(key, schema);
}

fn taken_object(schema: &mut Value, member: &str) -> Map<String, Value> {
    match schema.get_mut(member).map(Value::take) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn taken_list(schema: &mut Value, member: &str) -> Vec<Value> {
    match schema.get_mut(member).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}
