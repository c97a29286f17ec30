//! Giving every inline type a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::generator::{collision, components};
use super::rust_type;
use crate::names::{Names, pascal, singular};
use crate::schemas::{each, operations, reference_to};
use crate::{Pointer, Result};

/// Moves every inline object and enum to a component: under its `x-name`, or under the name of what
/// it stands in and the property that it is.
///
/// Enums of one `x-name` and the same values become one type. Anything else of one name is an error.
pub(super) fn hoist_inline_types(document: &mut Value, names: &mut Names) -> Result<usize> {
    let owners = Owners::of(document)?;
    let mut hoisted: Map<String, Value> = Map::new();
    let mut count = 0;
    each(document, &mut |at, schema| {
        if at.upwards().count() == 3 && at.is_below("components") || !is_type(schema) {
            return Ok(());
        }
        let place = Pointer::from(at);
        let source = format!("inline {}", owners.source(&place));
        let fixed = schema.get("x-name").and_then(Value::as_str);
        let name = match fixed {
            Some(fixed) if hoisted.contains_key(fixed) => fixed.to_owned(),
            Some(fixed) => names
                .fixed(source, fixed)
                .ok_or_else(|| collision(at, fixed))?,
            None => names.given(source, owners.derived_name(&place), "Object"),
        };
        let mut reference = json!({ "$ref": reference_to(&name) });
        for mark in MARKS {
            if let (Some(value), Some(reference)) = (schema.get(mark), reference.as_object_mut()) {
                reference.insert(mark.to_owned(), value.clone());
            }
        }
        let mut schema = std::mem::replace(schema, reference);
        if let Some(members) = schema.as_object_mut() {
            for mark in ["nullable", "x-query", "x-wire"] {
                members.remove(mark);
            }
            members.insert("x-name".to_owned(), name.clone().into());
            members.insert("x-source".to_owned(), owners.source(&place).into());
            if members.contains_key("properties") {
                members.insert("x-params".to_owned(), owners.is_params(&place).into());
            }
        }
        count += 1;
        match hoisted.get(&name) {
            Some(known)
                if known.get("enum").is_some() && known.get("enum") == schema.get("enum") => {}
            Some(known) if same(known, &schema) => {}
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
            return Err(collision(at, &name));
        }
    }
    Ok(count)
}

/// What stays at the place of an inline type.
const MARKS: [&str; 7] = [
    "description",
    "nullable",
    "x-sensitive",
    "x-exclusive",
    "x-optional",
    "x-query",
    "x-wire",
];

/// Whether two schemas are the same but for where they come from.
fn same(known: &Value, schema: &Value) -> bool {
    let without = |schema: &Value| {
        let mut schema = schema.clone();
        if let Some(members) = schema.as_object_mut() {
            members.remove("x-source");
        }
        schema
    };
    without(known) == without(schema)
}

/// Whether the schema is of a kind that becomes a type of its own.
fn is_type(schema: &Value) -> bool {
    !rust_type::is_set(schema)
        && (schema.get("enum").is_some() || schema.get("properties").is_some())
}

/// The components and the requests in which inline types stand.
#[derive(Default)]
struct Owners {
    /// The name of each request, by the place of its operation.
    requests: BTreeMap<Pointer, String>,
    /// The names of an operation's parameters outside of its body, by its place.
    parameters: BTreeMap<Pointer, Vec<String>>,
    /// The components that are sent.
    params: BTreeSet<String>,
    /// What each component is called in the document.
    sources: BTreeMap<String, String>,
}

impl Owners {
    fn of(document: &mut Value) -> Result<Self> {
        let mut owners = Self::default();
        operations(document, &mut |at, operation| {
            let name = operation.get("x-name").and_then(Value::as_str);
            let name = name.unwrap_or_default().to_owned();
            owners.requests.insert(at.into(), name);
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let names = parameters.map(|it| it["name"].as_str().unwrap_or_default().to_owned());
            owners.parameters.insert(at.into(), names.collect());
            Ok(())
        })?;
        for (name, schema) in components(document)? {
            if schema.get("x-params") == Some(&Value::Bool(true)) {
                owners.params.insert(name.clone());
            }
            if let Some(source) = schema.get("x-source").and_then(Value::as_str) {
                owners.sources.insert(name.clone(), source.to_owned());
            }
        }
        Ok(owners)
    }

    /// Whether a place is inside the parameters of a request; those are components by now.
    fn is_params(&self, at: &Pointer) -> bool {
        let component = at.segments().get(2);
        component.is_some_and(|component| self.params.contains(component))
    }

    /// The place, with its component as the document calls it: that stays what it is whatever names
    /// are given.
    fn source(&self, at: &Pointer) -> String {
        let mut segments = at.segments().to_vec();
        if let Some(component) = segments.get_mut(2)
            && let Some(source) = self.sources.get(component)
        {
            let sent = if self.params.contains(component) {
                "sent "
            } else {
                ""
            };
            *component = format!("{sent}{source}");
        }
        if let Some(name) = self.parameter(at)
            && let Some(index) = segments.get_mut(4)
        {
            *index = name.to_owned();
        }
        Pointer::from_iter(segments).to_string()
    }

    /// The parameter outside of a body that a place belongs to.
    fn parameter(&self, at: &Pointer) -> Option<&str> {
        let [paths, path, method, part, index, ..] = at.segments() else {
            return None;
        };
        if paths != "paths" || part != "parameters" {
            return None;
        }
        let operation = Pointer::from([paths, path, method]);
        let names = self.parameters.get(&operation)?;
        Some(names.get(index.parse::<usize>().ok()?)?)
    }

    /// `/components/schemas/Account/properties/categories/items` is `AccountCategory`, and what stands
    /// in the answer of `SearchAccounts` is `SearchAccountsAnswer`.
    fn derived_name(&self, at: &Pointer) -> String {
        let segments = at.segments();
        let operation = Pointer::from_iter(segments.iter().take(3).cloned());
        let mut name = match (self.requests.get(&operation), self.parameter(at)) {
            (Some(request), Some(parameter)) => format!("{request}{}", pascal(parameter)),
            (Some(request), None) => format!("{request}Answer"),
            (None, _) => segments
                .get(2)
                .map(|component| pascal(component))
                .unwrap_or_default(),
        };
        for (index, segment) in segments.iter().enumerate().skip(3) {
            let is_property = segments[index - 1] == "properties";
            let holds_items = segments.get(index + 1).is_some_and(|next| next == "items");
            match is_property {
                true if holds_items => name += &pascal(&singular(segment)),
                true => name += &pascal(segment),
                false => {}
            }
        }
        name
    }
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
        let owners = Owners {
            requests,
            ..Owners::default()
        };
        assert_eq!(owners.derived_name(&at), "AccountCategory");
        let at = Pointer::from(["components", "schemas", "Account", "properties", "status"]);
        assert_eq!(owners.derived_name(&at), "AccountStatus");
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
            owners.derived_name(&Pointer::from(at)),
            "SearchAccountsAnswer"
        );
    }

    #[test]
    fn enums_of_one_name_must_agree() {
        let enumeration = |values: &[&str]| json!({ "enum": values, "x-name": "E" });
        let document = |second: Value| json!({ "components": { "schemas": { "A": { "properties": { "x": enumeration(&["a"]), "y": second } } } } });
        let mut same = document(enumeration(&["a"]));
        assert_eq!(hoist_inline_types(&mut same, &mut Names::default()), Ok(2));
        assert_eq!(
            same["components"]["schemas"]["A"]["properties"]["y"],
            json!({ "$ref": "#/components/schemas/E" })
        );
        let error = hoist_inline_types(&mut document(enumeration(&["b"])), &mut Names::default())
            .unwrap_err();
        assert_eq!(
            error.pointer().to_string(),
            "/components/schemas/A/properties/y"
        );
    }
}
