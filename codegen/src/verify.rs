//! Everything the generator would panic at, or get wrong without a word, as an error with a place.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::names::{is_reserved, pascal_case, snake_case};
use crate::schemas::{each, operations, referred_by};
use crate::{Error, Pointer, Result, Stage};

/// Formats of numbers and strings that the generator maps to types of Rust's own.
const FORMATS: [&str; 5] = ["int32", "int64", "float", "double", "binary"];

/// Checks the normalised document. A place inside a component is named as upstream names it.
pub(crate) fn verify(document: &mut Value) -> Result<()> {
    verify_all(document).map_err(|error| {
        let mut segments = error.pointer().segments().to_vec();
        let source = segments
            .get(2)
            .map(|name| &document["components"]["schemas"][name]["x-source"]);
        match (source.and_then(Value::as_str), segments.get_mut(2)) {
            (Some(source), Some(name)) => {
                *name = source.to_owned();
                error.moved_to(Pointer::from_iter(segments))
            }
            _ => error,
        }
    })
}

fn verify_all(document: &mut Value) -> Result<()> {
    let components = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    for (name, schema) in &components {
        let at = Pointer::from(["components", "schemas", name]);
        let identifier = syn::parse_str::<syn::Ident>(name).is_ok() && *name == pascal_case(name);
        if !identifier || is_reserved(name) {
            return Err(refused(
                &at,
                format!("`{name}` cannot be the name of a type"),
                "give it another `x-name`",
            ));
        }
        verify_variants(&at, schema)?;
        verify_fields(&at, schema)?;
    }
    each(document, &mut |at, schema| {
        verify_schema(at, schema, &|name| components.contains_key(name))
    })?;
    verify_operations(document)
}

fn verify_schema(at: &Pointer, schema: &Value, exists: &dyn Fn(&str) -> bool) -> Result<()> {
    if let Some(reference) = schema.get("$ref") {
        if !referred_by(reference).is_some_and(exists) {
            return Err(refused(
                &at.join("$ref"),
                format!("the reference {reference} leads nowhere"),
                "trim the document again, or cut the reference in the slice file",
            ));
        }
        return Ok(());
    }
    if schema.get("x-rust-type").is_some() {
        return Ok(());
    }
    for choice in ["anyOf", "oneOf", "allOf", "not"] {
        if schema.get(choice).is_some() {
            return Err(refused(
                &at.join(choice),
                format!(
                    "the generator cannot express this `{choice}`: it would merge the choices into one struct"
                ),
                "add a fixup that gives it a type, or cut the reference in the slice file",
            ));
        }
    }
    let is_component = at.segments().len() == 3;
    if !is_component && (schema.get("enum").is_some() || schema.get("properties").is_some()) {
        return Err(refused(
            at,
            "an inline type is left",
            "give it an `x-name` in openapi/overlay.yaml",
        ));
    }
    if let Some(title) = schema.get("title") {
        return Err(refused(
            &at.join("title"),
            format!("the title {title} would name a type"),
            "drop it in a fixup",
        ));
    }
    if let Some(format) = schema.get("format").and_then(Value::as_str)
        && !FORMATS.contains(&format)
    {
        return Err(refused(
            &at.join("format"),
            format!("the format `{format}` has no type in Rust"),
            "add a fixup that gives it one",
        ));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("array") if schema.get("items").is_none() => Err(refused(
            at,
            "an array without `items`",
            "cut it in the slice file",
        )),
        Some("array" | "boolean" | "integer" | "number" | "object" | "string") => Ok(()),
        Some(other) => Err(refused(
            &at.join("type"),
            format!("`{other}` is not a type"),
            "mend the document",
        )),
        None => Err(refused(
            at,
            "a schema that says nothing of its type",
            "cut it in the slice file",
        )),
    }
}

/// No two values of an enum may have one name in Rust.
fn verify_variants(at: &Pointer, schema: &Value) -> Result<()> {
    let Some(values) = schema.get("enum").and_then(Value::as_array) else {
        return Ok(());
    };
    let mut names = BTreeMap::new();
    for (index, value) in values.iter().enumerate() {
        let at = at.join("enum").join(index);
        let Some(text) = value.as_str() else {
            return Err(refused(
                &at,
                format!("the enum value {value} is not a text"),
                "cut it in the slice file",
            ));
        };
        let name = pascal_case(text);
        if name.is_empty() {
            return Err(refused(
                &at,
                format!("the enum value `{text}` gives no name in Rust"),
                "add a fixup for it",
            ));
        }
        if let Some(other) = names.insert(name.clone(), text) {
            return Err(refused(
                &at,
                format!("the enum values `{other}` and `{text}` are both `{name}` in Rust"),
                "add a fixup that tells them apart",
            ));
        }
    }
    Ok(())
}

/// No two fields may have one name in Rust, nor the name of the field that keeps unknown ones.
fn verify_fields(at: &Pointer, schema: &Value) -> Result<()> {
    let mut names = BTreeMap::new();
    for property in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        let at = at.join("properties").join(property);
        let name = snake_case(&pascal_case(property));
        if name == "extra" {
            return Err(refused(
                &at,
                "a property with the name of the field that keeps unknown ones",
                "add a fixup",
            ));
        }
        if let Some(other) = names.insert(name.clone(), property) {
            return Err(refused(
                &at,
                format!("the properties `{other}` and `{property}` are both `{name}` in Rust"),
                "add a fixup that tells them apart",
            ));
        }
    }
    Ok(())
}

fn verify_operations(document: &mut Value) -> Result<()> {
    let mut seen = BTreeMap::new();
    operations(document, &mut |at, operation| {
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if let Some(other) = seen.insert(id.clone(), at.clone()) {
            return Err(refused(
                &at.join("operationId"),
                format!("the operation id `{id}` is also that of {other}"),
                "give one of them another name in the slice file",
            ));
        }
        for (index, parameter) in operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            if parameter["in"] != "path" {
                return Err(refused(
                    &at.join("parameters").join(index).join("in"),
                    format!("a parameter in {}", parameter["in"]),
                    "leave the operation out of the slice",
                ));
            }
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        if responses.is_none_or(|responses| responses.len() != 1) {
            return Err(refused(
                &at.join("responses"),
                "an operation that does not have exactly one answer besides the error",
                "leave the operation out of the slice",
            ));
        }
        Ok(())
    })
}

fn refused(at: &Pointer, problem: impl Into<String>, mend: &str) -> Error {
    Error::new(Stage::Verify, at, problem, mend)
}
