//! What the generator cannot express, or would express badly.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::rust_type;
use crate::names::{free_name, pascal_case, singular, taken_names};
use crate::schemas::{each, operations, reference_to, referred_by};
use crate::{Error, Pointer, Result, Stage};

/// Turns the query parameters of each operation into one struct, so that they are built and encoded
/// as bodies are; the struct of a body gets its name here too.
pub(super) fn collect_parameters(document: &mut Value) -> Result<usize> {
    let mut structs = Vec::new();
    let mut taken = BTreeSet::new();
    operations(document, &mut |at, operation| {
        let name = format!("{}Params", request_name(at, operation, &mut taken)?);
        let Some(operation) = operation.as_object_mut() else {
            return Ok(());
        };
        let mut properties = Map::new();
        let mut required = Vec::new();
        if let Some(parameters) = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
        {
            for parameter in parameters
                .iter()
                .filter(|parameter| parameter["in"] == "query")
            {
                let wire = parameter["name"].as_str().unwrap_or_default();
                let mut schema = parameter.get("schema").cloned().unwrap_or_default();
                for mark in ["description", "x-exclusive"] {
                    if let (Some(text), Some(schema)) =
                        (parameter.get(mark), schema.as_object_mut())
                    {
                        schema.entry(mark).or_insert_with(|| text.clone());
                    }
                }
                properties.insert(wire.to_owned(), schema);
                if parameter.get("required") == Some(&Value::Bool(true)) {
                    required.push(Value::from(wire));
                }
            }
            parameters.retain(|parameter| parameter["in"] != "query");
        }
        let schema = match operation.remove("requestBody") {
            Some(mut body) => {
                if !properties.is_empty() {
                    return Err(Error::new(
                        Stage::Normalise,
                        at.join("parameters"),
                        "an operation with both a query and a body",
                        "leave it out of the slice",
                    ));
                }
                let schema = body
                    .pointer_mut("/content/application~1x-www-form-urlencoded/schema")
                    .map(Value::take);
                schema.unwrap_or_default()
            }
            None => json!({ "type": "object", "properties": properties, "required": required }),
        };
        operation.insert(
            "requestBody".to_owned(),
            json!({ "content": { "application/x-www-form-urlencoded": {
                "schema": { "$ref": reference_to(&name) }
            } }, "required": true }),
        );
        structs.push((at.clone(), name, schema));
        Ok(())
    })?;
    let count = structs.len();
    let components = components(document)?;
    for (at, name, mut schema) in structs {
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("x-name".to_owned(), name.clone().into());
            schema.insert("x-params".to_owned(), true.into());
            schema.insert("x-request".to_owned(), true.into());
            schema.insert(
                "description".to_owned(),
                "The parameters of the request.".into(),
            );
        }
        if components.insert(name.clone(), schema).is_some() {
            return Err(collision(&at, &name));
        }
    }
    Ok(count)
}

/// The name of a request's type: `accounts.refresh` is `RefreshAccount`, `accounts.list` is
/// `ListAccounts`, unless the overlay names it otherwise. Two derived names that are equal, as of
/// `account.retrieve` and `accounts.retrieve`, are told apart by a number.
fn request_name(
    at: &Pointer,
    operation: &mut Value,
    taken: &mut BTreeSet<String>,
) -> Result<String> {
    let rust = operation
        .get("x-rust")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Some((resource, method)) = rust.split_once('.') else {
        return Err(Error::new(
            Stage::Normalise,
            at,
            "the operation has no name in Rust",
            "list it in the slice",
        ));
    };
    let name = match operation.get("x-name").and_then(Value::as_str) {
        Some(name) => name.to_owned(),
        None if matches!(method, "list" | "search") => {
            free_name(pascal_case(method) + &pascal_case(resource), taken)
        }
        None => free_name(
            pascal_case(method) + &pascal_case(&singular(resource)),
            taken,
        ),
    };
    taken.insert(name.clone());
    operation["x-name"] = name.clone().into();
    Ok(name)
}

/// Gives every component its name in Rust, and every reference with it.
pub(super) fn name_components(document: &mut Value) -> Result<usize> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut renamed = Map::new();
    // What the overlay names comes first, and so do the unions.
    let mut taken: BTreeSet<String> = taken_names(&json!({ "x-unions": document.get("x-unions") }));
    for schema in components(document)?.values() {
        taken.extend(
            schema
                .get("x-name")
                .and_then(Value::as_str)
                .map(str::to_owned),
        );
    }
    for (component, mut schema) in std::mem::take(components(document)?) {
        let name = match schema.get("x-name").and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => free_name(pascal_case(&component), &taken),
        };
        taken.insert(name.clone());
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("x-source".to_owned(), component.clone().into());
            schema.insert("x-name".to_owned(), name.clone().into());
        }
        let at = Pointer::from(["components", "schemas", &component]);
        if renamed.insert(name.clone(), schema).is_some() {
            return Err(collision(&at, &name));
        }
        names.insert(component, name);
    }
    let count = names
        .iter()
        .filter(|(component, name)| component != name)
        .count();
    *components(document)? = renamed;
    for (_, union) in document
        .get_mut("x-unions")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        for member in union["members"].as_array_mut().into_iter().flatten() {
            let name = member["component"]
                .as_str()
                .and_then(|component| names.get(component))
                .cloned();
            member["type"] = name.into();
        }
    }
    each(document, &mut |_, schema| {
        if let Some(reference) = schema.get_mut("$ref")
            && let Some(name) = referred_by(reference).and_then(|component| names.get(component))
        {
            *reference = reference_to(name).into();
        }
        Ok(())
    })?;
    Ok(count)
}

/// Two shapes with one name.
pub(super) fn collision(at: &Pointer, name: &str) -> Error {
    Error::new(
        Stage::Normalise,
        at,
        format!("a second type with the name `{name}` in Rust, and another shape"),
        "give one of them another `x-name` in openapi/overlay.yaml",
    )
}

pub(super) fn components(document: &mut Value) -> Result<&mut Map<String, Value>> {
    document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
        .ok_or_else(|| {
            Error::new(
                Stage::Normalise,
                ["components", "schemas"],
                "the document has no schemas",
                "trim it again",
            )
        })
}

/// A property that may be null need not be there either: both are `None`. Only an array or a map
/// needs to be told apart, since an absent one would become an empty one.
pub(super) fn drop_nullable(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    each(document, &mut |_, schema| {
        let is_params = schema.get("x-params").is_some();
        let Some(members) = schema.as_object_mut() else {
            return Ok(());
        };
        let mut required: Vec<Value> = members
            .get("required")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        for (name, property) in members
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            let Some(property) = property.as_object_mut() else {
                continue;
            };
            if property.remove("nullable") == Some(Value::Bool(true)) {
                required.retain(|required| required != name);
                count += 1;
            }
            let is_collection = property.get("type") == Some(&json!("array"))
                || property
                    .get("additionalProperties")
                    .is_some_and(Value::is_object);
            let is_optional = !required.iter().any(|required| required == name);
            if is_collection && is_optional && !is_params {
                property.insert("nullable".to_owned(), true.into());
            }
        }
        if members.contains_key("properties") {
            members.insert("required".to_owned(), required.into());
        }
        Ok(())
    })?;
    Ok(count)
}

/// What the generator would turn into checks or names, and this client leaves to the API.
pub(super) fn drop_limits(document: &mut Value) -> Result<usize> {
    const LIMITS: [&str; 9] = [
        "title",
        "maxLength",
        "minLength",
        "pattern",
        "default",
        "additionalProperties",
        "x-stripeBypassValidation",
        "x-resourceId",
        "externalDocs",
    ];
    let mut count = 0;
    each(document, &mut |_, schema| {
        let Some(members) = schema.as_object_mut() else {
            return Ok(());
        };
        for member in LIMITS {
            let is_map = member == "additionalProperties"
                && members.get(member).is_some_and(Value::is_object);
            if !is_map && members.remove(member).is_some() {
                count += 1;
            }
        }
        if members.contains_key(rust_type::MARK) {
            members.remove("type");
        }
        Ok(())
    })?;
    Ok(count)
}

pub(super) fn name_operations(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |_, operation| {
        if let Some(rust) = operation.get("x-rust").and_then(Value::as_str) {
            // The generator drops underscores at the end and all but one within, which reserved names
            // have.
            let words = rust.split(['.', '_']).filter(|word| !word.is_empty());
            operation["operationId"] = words.collect::<Vec<_>>().join("_").into();
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}
