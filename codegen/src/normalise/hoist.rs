//! Giving every inline type a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::generator::{collision, components};
use super::rust_type;
use crate::names::{free_name, pascal_case, singular, taken_names};
use crate::schemas::{each, operations, reference_to, referred};
use crate::{Pointer, Result};

/// Moves every inline object and enum to a component: under its `x-name`, or under the name of what
/// it stands in and the property that it is.
///
/// Enums of one name and the same values become one type. Anything else of one name is an error.
pub(super) fn hoist_inline_types(document: &mut Value) -> Result<usize> {
    let mut taken = taken_names(document);
    let requests = request_names(document)?;
    let mut hoisted: Map<String, Value> = Map::new();
    let mut count = 0;
    each(document, &mut |at, schema| {
        if is_component(at) || !is_type(schema) {
            return Ok(());
        }
        let name = match schema.get("x-name").and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => free_name(derived_name(at, &requests), &taken),
        };
        taken.insert(name.clone());
        let mut reference = json!({ "$ref": reference_to(&name) });
        for mark in ["description", "nullable", "x-sensitive", "x-exclusive"] {
            if let (Some(value), Some(reference)) = (schema.get(mark), reference.as_object_mut()) {
                reference.insert(mark.to_owned(), value.clone());
            }
        }
        let mut schema = std::mem::replace(schema, reference);
        if let Some(members) = schema.as_object_mut() {
            members.remove("nullable");
            members.insert("x-name".to_owned(), name.clone().into());
            if members.contains_key("properties") {
                members.insert("x-params".to_owned(), in_params(at).into());
            }
        }
        count += 1;
        match hoisted.get(&name) {
            Some(known)
                if known.get("enum").is_some() && known.get("enum") == schema.get("enum") => {}
            Some(known) if known == &schema => {}
            Some(_) => return Err(collision(at, &name)),
            None => {
                hoisted.insert(name, schema);
            }
        }
        Ok(())
    })?;
    let components = components(document)?;
    for (name, schema) in hoisted {
        let at = Pointer::from(["components", "schemas", &name]);
        if components.insert(name.clone(), schema).is_some() {
            return Err(collision(&at, &name));
        }
    }
    Ok(count)
}

/// Takes the enums whose values the generator could not tell apart out of the document: they are
/// listed in `x-enums` at the root, with names for their values, where the later stages find them.
pub(super) fn name_colliding_values(document: &mut Value) -> Result<usize> {
    let mut enums = Map::new();
    components(document)?.retain(|name, schema| {
        let values: Vec<String> = schema["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let names: BTreeSet<String> = values.iter().map(|value| pascal_case(value)).collect();
        let starts_well = |name: &String| name.starts_with(char::is_alphabetic);
        let is_clear = names.len() == values.len() && names.iter().all(starts_well);
        if schema.get("enum").is_some() && !is_clear {
            let named = value_names(&values);
            enums.insert(
                name.clone(),
                json!({
                    "values": named,
                    "description": schema.get("description"),
                    "x-values": schema.get("x-values"),
                }),
            );
            return false;
        }
        true
    });
    each(document, &mut |_, schema| {
        let name = referred(schema).filter(|name| enums.contains_key(*name));
        if let Some(name) = name.map(str::to_owned) {
            rust_type::set(schema, &name, Vec::new());
        }
        Ok(())
    })?;
    let count = enums.len();
    if count > 0 {
        document["x-enums"] = Value::Object(enums);
    }
    Ok(count)
}

/// Names for values, each with its value. Punctuation is spelled out, and what is still equal is
/// numbered.
fn value_names(values: &[String]) -> Vec<(String, String)> {
    let mut taken = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let values = values.iter().filter(|value| seen.insert(value.as_str()));
    values
        .map(|value| {
            let spelled = value
                .replace('+', " plus ")
                .replace('-', " minus ")
                .replace(['/', ':'], " ");
            let name = match pascal_case(&spelled) {
                name if name.is_empty() => "Empty".to_owned(),
                name if name.starts_with(char::is_alphabetic) => name,
                name => format!("Value{name}"),
            };
            let name = free_name(name, &taken);
            taken.insert(name.clone());
            (name, value.clone())
        })
        .collect()
}

/// Whether the schema is of a kind that becomes a type of its own.
fn is_type(schema: &Value) -> bool {
    !rust_type::is_set(schema)
        && (schema.get("enum").is_some() || schema.get("properties").is_some())
}

fn is_component(at: &Pointer) -> bool {
    matches!(at.segments(), [components, schemas, _] if components == "components" && schemas == "schemas")
}

/// Whether the place is inside the parameters of a request; those are components by now.
fn in_params(at: &Pointer) -> bool {
    at.segments()
        .get(2)
        .is_some_and(|component| component.ends_with("Params"))
}

/// The name of each request by the place of its operation.
fn request_names(document: &mut Value) -> Result<BTreeMap<Pointer, String>> {
    let mut names = BTreeMap::new();
    operations(document, &mut |at, operation| {
        let name = operation.get("x-name").and_then(Value::as_str);
        names.insert(at.clone(), name.unwrap_or_default().to_owned());
        Ok(())
    })?;
    Ok(names)
}

/// `/components/schemas/Account/properties/categories/items` is `AccountCategory`, and what stands
/// in the answer of `SearchAccounts` is `SearchAccountsAnswer`.
fn derived_name(at: &Pointer, requests: &BTreeMap<Pointer, String>) -> String {
    let segments = at.segments();
    let operation = Pointer::from_iter(segments.iter().take(3).cloned());
    let mut name = match requests.get(&operation) {
        Some(request) => format!("{request}Answer"),
        None => segments
            .get(2)
            .map(|component| pascal_case(component))
            .unwrap_or_default(),
    };
    for (index, segment) in segments.iter().enumerate().skip(3) {
        let is_property = segments[index - 1] == "properties";
        let holds_items = segments.get(index + 1).is_some_and(|next| next == "items");
        match is_property {
            true if holds_items => name += &pascal_case(&singular(segment)),
            true => name += &pascal_case(segment),
            false => {}
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_place() {
        let at = Pointer::from([
            "components",
            "schemas",
            "Account",
            "properties",
            "categories",
            "items",
        ]);
        let requests = [("/v1/accounts/search", "SearchAccounts")]
            .map(|(path, name)| (Pointer::from(["paths", path, "get"]), name.to_owned()))
            .into();
        assert_eq!(derived_name(&at, &requests), "AccountCategory");
        let at = Pointer::from(["components", "schemas", "Account", "properties", "status"]);
        assert_eq!(derived_name(&at, &requests), "AccountStatus");
        let at = [
            "paths",
            "/v1/accounts/search",
            "get",
            "responses",
            "200",
            "content",
            "application/json",
            "schema",
        ];
        assert_eq!(
            derived_name(&Pointer::from(at), &requests),
            "SearchAccountsAnswer"
        );
    }

    #[test]
    fn enums_of_one_name_must_agree() {
        let enumeration = |values: &[&str]| json!({ "enum": values, "x-name": "E" });
        let document = |second: Value| json!({ "components": { "schemas": { "A": { "properties": { "x": enumeration(&["a"]), "y": second } } } } });
        let mut same = document(enumeration(&["a"]));
        assert_eq!(hoist_inline_types(&mut same), Ok(2));
        assert_eq!(
            same["components"]["schemas"]["A"]["properties"]["y"],
            json!({ "$ref": "#/components/schemas/E" })
        );
        let error = hoist_inline_types(&mut document(enumeration(&["b"]))).unwrap_err();
        assert_eq!(
            error.pointer().to_string(),
            "/components/schemas/A/properties/y"
        );
    }
}
