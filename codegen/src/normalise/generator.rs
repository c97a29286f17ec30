//! What the generator cannot express, or would express badly.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::names::{Names, pascal};
use crate::schemas::{SENT, each, reference_to, referred_by};
use crate::{Error, Pointer, Result, Stage};

/// Gives every component its name in Rust, and every reference with it.
pub(super) fn name_components(document: &mut Value, names: &mut Names) -> Result<usize> {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    let mut renamed = Map::new();
    let mut waiting: Vec<(String, Value)> =
        std::mem::take(components(document)?).into_iter().collect();
    waiting.sort_by(|(a, _), (b, _)| a.cmp(b));
    // What has a name of its own comes first, and then what this generator adds.
    waiting.sort_by_key(|(_, schema)| {
        (
            schema.get("x-name").is_none(),
            schema.get("x-base").is_none(),
        )
    });
    for (component, mut schema) in waiting {
        let word = |member: &str| schema.get(member).and_then(Value::as_str);
        let source = component.trim_start_matches(['\u{1}', '\u{2}']).to_owned();
        let name = match (word("x-name"), word("x-base")) {
            // It was claimed before any name was derived.
            (Some(name), _) => name.to_owned(),
            (None, Some(base)) => names.given(format!("own {base}"), base.to_owned(), "Object"),
            (None, None) if component.starts_with(SENT) => {
                let base = format!("{}Params", pascal(&source));
                names.given(format!("sent {source}"), base, "Object")
            }
            (None, None) => names.given(format!("schema {source}"), pascal(&source), "Object"),
        };
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("x-source".to_owned(), source.into());
            schema.insert("x-name".to_owned(), name.clone().into());
        }
        renamed.insert(name.clone(), schema);
        named.insert(component, name);
    }
    let count = named
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
                .and_then(|component| named.get(component))
                .cloned();
            member["type"] = name.into();
        }
    }
    each(document, &mut |_, schema| {
        if let Some(reference) = schema.get_mut("$ref")
            && let Some(name) = referred_by(reference).and_then(|component| named.get(component))
        {
            *reference = reference_to(name).into();
        }
        Ok(())
    })?;
    Ok(count)
}

/// Two shapes with one name.
pub(super) fn collision(at: impl Into<Pointer>, name: &str) -> Error {
    Error::new(
        Stage::Normalise,
        at,
        format!(
            "`{name}` cannot be the name of this type: it is taken, reserved or no name in Rust"
        ),
        "give it another `x-name` in openapi/overlay.yaml",
    )
}

pub(super) fn components(document: &mut Value) -> Result<&mut Map<String, Value>> {
    let missing = || {
        Error::new(
            Stage::Normalise,
            ["components", "schemas"],
            "the document is not an object with components",
            "trim it again",
        )
    };
    let root = document.as_object_mut().ok_or_else(missing)?;
    let section = |members: &mut Map<String, Value>, name: &str| {
        members.entry(name.to_owned()).or_insert_with(|| json!({}));
    };
    section(root, "components");
    let components = root
        .get_mut("components")
        .and_then(Value::as_object_mut)
        .ok_or_else(missing)?;
    section(components, "schemas");
    components
        .get_mut("schemas")
        .and_then(Value::as_object_mut)
        .ok_or_else(missing)
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
        let mut required: BTreeSet<String> = members
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
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
                required.remove(name);
                count += 1;
            }
            let is_collection = property.get("type") == Some(&json!("array"))
                || property
                    .get("additionalProperties")
                    .is_some_and(Value::is_object);
            let is_optional = !required.contains(name);
            if is_collection && is_optional && !is_params {
                property.insert("nullable".to_owned(), true.into());
            }
        }
        if members.contains_key("properties") {
            let required = required.into_iter().map(Value::from).collect();
            members.insert("required".to_owned(), required);
        }
        Ok(())
    })?;
    Ok(count)
}
