//! The normal form of one schema: what is compared instead of what is written.

use std::collections::BTreeMap;

use serde_json::Value;

use super::meaning::says_nothing;
use crate::pointer::Pointer;
use crate::schemas::referred_by;
use crate::trim::CUT_REFERENCE;

/// The keywords that hold the forms of a value.
pub(super) const UNIONS: [&str; 3] = ["anyOf", "oneOf", "allOf"];

/// A schema without what says nothing, and without the wrapping of a union of one: the members of
/// `{"nullable": true, "anyOf": [{…}]}` are those of its only form.
#[derive(Clone, Debug)]
pub(super) struct View<'v> {
    pub(super) nullable: bool,
    pub(super) members: BTreeMap<&'v str, &'v Value>,
    /// The component whose content this is, where a reference was followed.
    pub(super) home: Option<&'v str>,
    /// Where the members stand, from the schema or from that component.
    below: Vec<String>,
}

impl<'v> View<'v> {
    pub(super) fn of(schema: &'v Value) -> Self {
        let mut view = Self {
            nullable: false,
            members: members(schema),
            home: None,
            below: Vec::new(),
        };
        loop {
            view.nullable |= view.members.remove("nullable").is_some();
            view.nullable |= view.take_null();
            let Some((keyword, index, inner)) = view.only_form() else {
                return view;
            };
            let mut others = view.members.keys().filter(|key| **key != keyword);
            if others.any(|key| inner.contains_key(key)) {
                return view;
            }
            view.members.remove(keyword);
            view.members.extend(inner);
            view.below.extend([keyword.to_owned(), index.to_string()]);
        }
    }

    /// Whether null is among the types, the values or the forms, as OpenAPI 3.1 writes it.
    fn take_null(&mut self) -> bool {
        let list = |keyword| self.get(keyword).and_then(Value::as_array);
        let mut has_null = list("enum").is_some_and(|values| values.contains(&Value::Null));
        has_null |= ["anyOf", "oneOf"]
            .into_iter()
            .filter_map(list)
            .any(|forms| forms.iter().any(is_null) && !forms.iter().all(is_null));
        if let Some(types) = list("type") {
            let others: Vec<_> = types.iter().filter(|kind| *kind != "null").collect();
            has_null |= others.len() < types.len();
            if let [only] = others.as_slice() {
                self.members.insert("type", only);
            }
        }
        has_null
    }

    /// The members of the only form of a union, its keyword and its index.
    fn only_form(&self) -> Option<(&'static str, usize, BTreeMap<&'v str, &'v Value>)> {
        UNIONS.into_iter().find_map(|keyword| {
            let forms = self.get(keyword)?.as_array()?.iter().enumerate();
            let mut forms = forms.filter(|(_, form)| keyword == "allOf" || !is_null(form));
            match (forms.next(), forms.next()) {
                (Some((index, only)), None) => Some((keyword, index, members(only))),
                _ => None,
            }
        })
    }

    /// The content of the component that this refers to, with what stands beside the reference.
    pub(super) fn followed(&self, document: &'v Value) -> Option<Self> {
        let Target::Component(name) = self.target() else {
            return None;
        };
        let mut content = Self::of(document["components"]["schemas"].get(name)?);
        content.nullable |= self.nullable;
        content.home = Some(name);
        for (key, member) in &self.members {
            if *key != "$ref" && content.members.insert(key, member).is_some() {
                return None;
            }
        }
        Some(content)
    }

    /// This, or what a component leads to that is nothing but a reference.
    pub(super) fn without_aliases(self, document: &'v Value) -> Self {
        let mut view = self;
        // A component that leads to itself has no content.
        for _ in 0..LONGEST_ALIAS {
            let content = view.followed(document);
            match content.filter(|content| content.target().is_reference()) {
                Some(content) => view = content,
                None => break,
            }
        }
        view
    }

    /// Where the members stand, for a schema at `at`.
    pub(super) fn pointer(&self, at: &Pointer) -> Pointer {
        let base = match self.home {
            Some(component) => Pointer::from(["components", "schemas", component]),
            None => at.clone(),
        };
        super::place::extended(&base, &self.below)
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

    pub(super) fn has_field(&self, name: &str) -> bool {
        let fields = self.get("properties");
        fields.is_some_and(|fields| fields.get(name).is_some())
    }

    pub(super) fn target(&self) -> Target<'v> {
        if let Some(reference) = self.get("$ref") {
            return match referred_by(reference) {
                Some(name) => Target::Component(name),
                None => Target::Cut(reference),
            };
        }
        if let Some(reference) = self.get(CUT_REFERENCE) {
            return Target::Cut(reference);
        }
        match UNIONS.into_iter().find(|key| self.get(key).is_some()) {
            Some(keyword) => Target::Union(keyword),
            None => Target::Typed(self.get("type")),
        }
    }

    /// The forms of a union and where each stands below the keyword. What a nested union of the same
    /// kind holds is as good as held directly; not so in `oneOf`, which counts.
    pub(super) fn forms(&self, keyword: &str) -> Vec<(Vec<String>, &'v Value)> {
        let mut forms = Vec::new();
        let list = self.get(keyword).and_then(Value::as_array);
        for (index, form) in list.into_iter().flatten().enumerate() {
            let inner = View::of(form);
            let nested = keyword != "oneOf"
                && !inner.nullable
                && inner.members.len() == 1
                && inner.get(keyword).is_some();
            if nested {
                for (path, form) in inner.forms(keyword) {
                    let mut at = vec![index.to_string()];
                    at.extend(inner.below.iter().cloned());
                    at.push(keyword.to_owned());
                    at.extend(path);
                    forms.push((at, form));
                }
            } else if keyword == "allOf" || !is_null(form) {
                forms.push((vec![index.to_string()], form));
            }
        }
        forms
    }
}

/// Components that are nothing but a reference to the next are followed this far.
const LONGEST_ALIAS: usize = 32;

/// What sort of schema this is. Two that differ in it have nothing to compare further.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target<'v> {
    /// A reference to a component of the trimmed document.
    Component(&'v str),
    /// A reference that the slice cuts.
    Cut(&'v Value),
    Union(&'static str),
    Typed(Option<&'v Value>),
}

/// A form that is null and nothing else.
fn is_null(form: &Value) -> bool {
    form.get("type").is_some_and(|kind| kind == "null")
}

impl Target<'_> {
    fn is_reference(self) -> bool {
        matches!(self, Self::Component(_) | Self::Cut(_))
    }
}

/// What a schema says. Beside a reference, nothing else counts.
fn members(schema: &Value) -> BTreeMap<&str, &Value> {
    let members = schema.as_object().into_iter().flatten();
    let is_reference = schema.get("$ref").is_some();
    members
        .map(|(key, value)| (key.as_str(), value))
        .filter(|(key, value)| match is_reference {
            true => *key == "$ref",
            false => !says_nothing(key, value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wrappers_and_aliases_lead_to_the_same_component() {
        let document = json!({"components": {"schemas": {
            "alias": {"title": "Alias", "allOf": [{"$ref": "#/components/schemas/a"}]},
            "circle": {"$ref": "#/components/schemas/circle"},
            "a": {"type": "string", "nullable": true},
        }}});
        let a = json!({"oneOf": [{"anyOf": [{"$ref": "#/components/schemas/alias"}]}]});
        let view = View::of(&a).without_aliases(&document);
        assert_eq!(view.target(), Target::Component("a"));
        assert!(!view.nullable && view.followed(&document).unwrap().nullable);
        let circle = json!({"$ref": "#/components/schemas/circle"});
        let view = View::of(&circle).without_aliases(&document);
        assert_eq!(view.target(), Target::Component("circle"));
    }

    #[test]
    fn null_is_one_thing_however_it_is_written() {
        for schema in [
            json!({"type": "string", "nullable": true}),
            json!({"type": ["null", "string"]}),
            json!({"anyOf": [{"type": "null"}, {"type": "string"}]}),
            json!({"oneOf": [{"anyOf": [{"type": ["string", "null"]}]}]}),
        ] {
            let view = View::of(&schema);
            assert!(view.nullable, "{schema}");
            let string = json!("string");
            assert_eq!(view.target(), Target::Typed(Some(&string)), "{schema}");
            assert_eq!(view.members.len(), 1, "{schema}");
        }
        let forms = json!({"anyOf": [{"type": "string"}, {"type": "null"}, {"type": "integer"}]});
        let view = View::of(&forms);
        assert!(view.nullable && view.forms("anyOf").len() == 2);
        assert!(View::of(&json!({"enum": ["a", null]})).nullable);
        assert!(!View::of(&json!({"type": ["string", "integer"]})).nullable);
    }

    #[test]
    fn a_wrapper_that_says_more_than_its_form_stays() {
        let wrapped = json!({"type": "string", "anyOf": [{"type": "integer"}]});
        assert_eq!(View::of(&wrapped).target(), Target::Union("anyOf"));
        let wrapped = json!({"nullable": true, "allOf": [{"type": "integer"}]});
        let view = View::of(&wrapped);
        assert_eq!(view.target(), Target::Typed(Some(&json!("integer"))));
        assert!(view.nullable);
        assert_eq!(view.pointer(&Pointer::root()).to_string(), "/allOf/0");
    }
}
