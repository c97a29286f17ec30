//! Schemas as they are compared and described.

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::shown;
use crate::trim::CUT_REFERENCE;

/// A list of values longer than this is not spelled out in a description.
const LISTED_VALUES: usize = 6;

/// A schema without the wrapping by which OpenAPI 3.0 says "this reference, or null": the members of
/// `{"nullable": true, "anyOf": [{…}]}` are those of its only form.
#[derive(Debug)]
pub(super) struct View<'v> {
    pub(super) nullable: bool,
    pub(super) members: BTreeMap<&'v str, &'v Value>,
    /// Where the members stand, from the schema.
    pub(super) below: Vec<String>,
}

impl<'v> View<'v> {
    pub(super) fn of(schema: &'v Value) -> Self {
        let outer = members(schema);
        let view = |members: BTreeMap<&'v str, &'v Value>, nullable: bool, below: &[&str]| Self {
            nullable,
            members: members
                .into_iter()
                .filter(|(key, _)| *key != "nullable")
                .collect(),
            below: below.iter().map(ToString::to_string).collect(),
        };
        let is_nullable = |members: &BTreeMap<&str, &Value>| {
            members
                .get("nullable")
                .is_some_and(|nullable| **nullable == true)
        };
        let nullable = is_nullable(&outer);
        if let Some([only]) = outer
            .get("anyOf")
            .and_then(|forms| forms.as_array())
            .map(Vec::as_slice)
        {
            let inner = members(only);
            let apart = outer
                .keys()
                .all(|key| *key == "anyOf" || !inner.contains_key(key));
            if apart {
                let nullable = nullable || is_nullable(&inner);
                let outer = outer.into_iter().filter(|(key, _)| *key != "anyOf");
                return view(outer.chain(inner).collect(), nullable, &["anyOf", "0"]);
            }
        }
        view(outer, nullable, &[])
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&'v Value> {
        self.members.get(keyword).copied()
    }

    pub(super) fn required(&self) -> Vec<&'v str> {
        let names = self.get("required").and_then(Value::as_array);
        names
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    pub(super) fn requires(&self, name: &str) -> bool {
        self.required().contains(&name)
    }

    pub(super) fn target(&self) -> Target<'v> {
        if let Some(reference) = self.get("$ref").or_else(|| self.get(CUT_REFERENCE)) {
            return Target::Reference(reference);
        }
        match ["anyOf", "oneOf", "allOf"]
            .into_iter()
            .find(|keyword| self.get(keyword).is_some())
        {
            Some(keyword) => Target::Union(keyword),
            None => Target::Typed(self.get("type")),
        }
    }
}

/// What sort of schema this is. Two that differ in it have nothing to compare further.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target<'v> {
    Reference(&'v Value),
    Union(&'static str),
    Typed(Option<&'v Value>),
}

/// A schema in a few words.
pub(super) fn describe(schema: &Value) -> String {
    let view = View::of(schema);
    let name = |reference: &Value| {
        shown(reference)
            .rsplit('/')
            .next()
            .map(str::to_owned)
            .unwrap_or_default()
    };
    if let Some(reference) = view.get(CUT_REFERENCE) {
        return format!("raw {}", name(reference));
    }
    match view.target() {
        Target::Reference(reference) => name(reference),
        Target::Union(keyword) => {
            let forms = view.get(keyword).and_then(Value::as_array);
            let word = if keyword == "allOf" { " and " } else { " or " };
            forms
                .into_iter()
                .flatten()
                .map(describe)
                .collect::<Vec<_>>()
                .join(word)
        }
        Target::Typed(kind) => {
            let kind = kind.map_or_else(|| "anything".to_owned(), shown);
            if let Some(values) = view.get("enum").and_then(Value::as_array) {
                return if values.len() > LISTED_VALUES {
                    format!("one of {} values", values.len())
                } else {
                    let values: Vec<_> = values.iter().map(shown).collect();
                    format!("one of {}", values.join(" | "))
                };
            }
            match (
                kind.as_str(),
                view.get("items"),
                view.get("additionalProperties"),
            ) {
                ("array", Some(items), _) => format!("list of {}", describe(items)),
                ("object", _, Some(values)) if values.is_object() => {
                    format!("map of {}", describe(values))
                }
                _ => match view.get("format") {
                    Some(format) => format!("{kind} ({})", shown(format)),
                    None => kind,
                },
            }
        }
    }
}

fn members(schema: &Value) -> BTreeMap<&str, &Value> {
    let members = schema.as_object().into_iter().flatten();
    members.map(|(key, value)| (key.as_str(), value)).collect()
}
