//! Marks by rule, for a document that no overlay of ours describes.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schemas::{each, operations, referred};
use crate::{EVENT_TYPES, Pointer, Result};

/// Names of properties whose values are personal or secret wherever they stand.
const SENSITIVE: [&str; 24] = [
    "account_holder_name",
    "account_number",
    "city",
    "client_ip",
    "client_secret",
    "cvc",
    "dob",
    "email",
    "fingerprint",
    "first_name",
    "iban",
    "id_number",
    "ip_address",
    "last4",
    "last_name",
    "line1",
    "line2",
    "message",
    "number",
    "phone",
    "postal_code",
    "raw_address",
    "secret",
    "tax_id",
];

/// Adds all of them.
pub(crate) fn add(document: &mut Value) -> Result<()> {
    hide_sensitive(document)?;
    describe_resources(document)?;
    describe_values(document)?;
    repeat_descriptions(document)
}

/// Marks sensitive properties, so that `Debug` does not show them.
fn hide_sensitive(document: &mut Value) -> Result<()> {
    each(document, &mut |_, schema| {
        for (name, property) in schema
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            if let Some(property) = property
                .as_object_mut()
                .filter(|_| SENSITIVE.contains(&name.as_str()))
            {
                property.insert("x-sensitive".to_owned(), true.into());
            }
        }
        Ok(())
    })
}

/// A resource is described by the path that its operations have in common.
fn describe_resources(document: &mut Value) -> Result<()> {
    let mut paths: BTreeMap<String, Vec<String>> = BTreeMap::new();
    operations(document, &mut |at, operation| {
        let resource = operation["x-rust"]
            .as_str()
            .and_then(|rust| rust.split('.').next());
        if let (Some(resource), Some(path)) = (resource, Pointer::from(at).segments().get(1)) {
            let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
            let shared = paths
                .entry(resource.to_owned())
                .or_insert_with(|| segments.clone());
            let equal = shared.iter().zip(&segments).take_while(|(a, b)| a == b);
            let count = equal.count();
            shared.truncate(count);
        }
        Ok(())
    })?;
    let described = paths.into_iter().map(|(resource, path)| {
        let text = format!("The operations of `{}`.", path.join("/"));
        (resource, text.into())
    });
    document["x-resources"] = Value::Object(described.collect());
    Ok(())
}

/// Values, which no document describes, are described by what they are on the wire: their names need
/// not tell.
fn describe_values(document: &mut Value) -> Result<()> {
    each(document, &mut |_, schema| {
        if schema["type"] == "string"
            && let Some(values) = schema["enum"].as_array()
        {
            schema["x-values"] = described(values);
        }
        Ok(())
    })?;
    if let Some(types) = document.get(EVENT_TYPES).and_then(Value::as_array) {
        document["x-events"] = described(types);
    }
    Ok(())
}

fn described(values: &[Value]) -> Value {
    let values = values.iter().filter_map(Value::as_str);
    let described: Map<String, Value> = values
        .map(|value| (value.to_owned(), format!("The value `{value}`.").into()))
        .collect();
    Value::Object(described)
}

/// A form that a parameter can take is described as the parameter is, and a reference as what it
/// leads to, unless they have words of their own.
fn repeat_descriptions(document: &mut Value) -> Result<()> {
    let components = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten();
    let descriptions: BTreeMap<String, Value> = components
        .filter_map(|(name, schema)| Some((name.clone(), schema.get("description")?.clone())))
        .collect();
    each(document, &mut |_, schema| {
        let description = schema.get("description").cloned();
        let forms = schema.get_mut("anyOf").and_then(Value::as_array_mut);
        for form in forms.into_iter().flatten() {
            if (form.get("enum").is_some() || form.get("properties").is_some())
                && let (Some(form), Some(description)) = (form.as_object_mut(), &description)
            {
                form.entry("description")
                    .or_insert_with(|| description.clone());
            }
        }
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (_, property) in properties.into_iter().flatten() {
            let description = referred(property).and_then(|name| descriptions.get(name));
            if let (Some(description), Some(property)) =
                (description.cloned(), property.as_object_mut())
            {
                property.entry("description").or_insert(description);
            }
        }
        Ok(())
    })
}
