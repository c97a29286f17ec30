//! Schemas, keyword by keyword.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Comparison;
use super::effects::Effects;
use super::finding::{Direction, Place, What, shown};
use crate::trim::CUT_REFERENCE;

/// A list of values longer than this is not spelled out in a description.
const LISTED_VALUES: usize = 6;

/// What a schema's value stands in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    /// A field or parameter, which may have been optional.
    Field {
        /// Whether the committed document requires it.
        required_before: bool,
    },
    /// Anything else, where a value always stands.
    Value,
}

/// A schema without the wrapping by which OpenAPI 3.0 says "this reference, or null": the members of
/// `{"nullable": true, "anyOf": [{…}]}` are those of its only form.
#[derive(Debug)]
pub(super) struct View<'v> {
    pub(super) nullable: bool,
    members: BTreeMap<&'v str, &'v Value>,
    /// Where the members stand, from the schema.
    below: Vec<String>,
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

    fn target(&self) -> Target<'v> {
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
enum Target<'v> {
    Reference(&'v Value),
    Union(&'static str),
    Typed(Option<&'v Value>),
}

impl Comparison<'_> {
    /// Compares two schemas of one place.
    pub(super) fn schema(
        &mut self,
        place: &Place,
        ours: &Value,
        theirs: &Value,
        direction: Direction,
        slot: Slot,
    ) {
        if ours == theirs {
            return;
        }
        let place = place.directed(direction);
        let [before, after] = [ours, theirs].map(View::of);
        if before.nullable != after.nullable {
            self.nullability(&place, after.nullable, direction, slot);
        }
        let place = place.apart(place.name(), &before.below, &after.below);
        if before.target() != after.target() {
            let what = match (before.target(), after.target()) {
                (Target::Typed(_), Target::Typed(_)) => What::Type,
                _ => What::Reference,
            };
            let effects = direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH);
            self.found
                .add(place.changed(what, effects, describe(ours), describe(theirs)));
            return;
        }
        let mut keywords: Vec<_> = before.members.keys().chain(after.members.keys()).collect();
        keywords.sort();
        keywords.dedup();
        for keyword in keywords {
            let (was, now) = (before.get(keyword), after.get(keyword));
            if was != now {
                self.keyword(&place, keyword, was, now, direction);
            }
        }
        if ["properties", "required"]
            .iter()
            .any(|key| before.get(key) != after.get(key))
        {
            self.properties(&place, &before, &after, direction);
        }
        self.expandable_fields(&place, &before, &after);
    }

    fn nullability(&mut self, place: &Place, after: bool, direction: Direction, slot: Slot) {
        let received = match (slot, after) {
            // The type is an `Option` already.
            (
                Slot::Field {
                    required_before: false,
                },
                _,
            ) => Effects::DOCUMENTS,
            (_, true) => Effects::BREAKS_BOTH,
            (_, false) => Effects::BREAKS_API,
        };
        let sent = if after {
            Effects::ADDS
        } else {
            Effects::BREAKS_API
        };
        let effects = direction.pick(sent, received);
        let word = |nullable: bool| if nullable { "nullable" } else { "never null" };
        self.found
            .add(place.changed(What::Nullable, effects, word(!after), word(after)));
    }

    /// A keyword that differs.
    fn keyword(
        &mut self,
        place: &Place,
        keyword: &str,
        was: Option<&Value>,
        now: Option<&Value>,
        direction: Direction,
    ) {
        match (keyword, was, now) {
            ("properties" | "required" | "x-expandableFields", _, _) => {}
            ("items", Some(was), Some(now)) => {
                let place = place.below(format!("{}[]", place.name()), keyword);
                self.schema(&place, was, now, direction, Slot::Value);
            }
            ("additionalProperties", Some(was), Some(now))
                if was.is_object() && now.is_object() =>
            {
                let place = place.below(format!("{}{{}}", place.name()), keyword);
                self.schema(&place, was, now, direction, Slot::Value);
            }
            ("anyOf" | "oneOf" | "allOf", Some(was), Some(now)) => {
                self.forms(&place.keyword(keyword), was, now, direction);
            }
            ("enum", Some(was), Some(now)) => self.enum_values(&place.keyword(keyword), was, now),
            _ => {
                let what = match keyword {
                    "enum" => What::Enum,
                    _ => What::Keyword(keyword.to_owned()),
                };
                let effects = super::limits::effects(keyword, was, now, direction);
                let place = place.keyword(keyword);
                self.found
                    .add(place.keyword_changed(what, effects, was, now));
            }
        }
    }

    fn enum_values(&mut self, place: &Place, was: &Value, now: &Value) {
        let values = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let (was, now) = (values(was), values(now));
        for value in was.iter().filter(|value| !now.contains(value)) {
            self.found
                .add(place.removed(What::EnumValue, Effects::BREAKS_API, shown(value)));
        }
        for value in now.iter().filter(|value| !was.contains(value)) {
            self.found
                .add(place.added(What::EnumValue, Effects::ADDS, shown(value)));
        }
    }

    /// Compares the forms that a value may have. Which is which is told by their content, since they
    /// have no names.
    fn forms(&mut self, place: &Place, was: &Value, now: &Value, direction: Direction) {
        let forms = |value: &'_ Value| -> Vec<(usize, Value)> {
            value
                .as_array()
                .into_iter()
                .flatten()
                .cloned()
                .enumerate()
                .collect()
        };
        let (mut before, mut after) = (forms(was), forms(now));
        before.retain(|(_, form)| {
            let found = after.iter().position(|(_, other)| other == form);
            found.map(|found| after.remove(found)).is_none()
        });
        if let ([(ours_at, ours)], [(theirs_at, theirs)]) = (before.as_slice(), after.as_slice()) {
            let place = place.apart(
                place.name(),
                &[ours_at.to_string()],
                &[theirs_at.to_string()],
            );
            self.schema(&place, ours, theirs, direction, Slot::Value);
            return;
        }
        for (at, form) in &before {
            let place = place.keyword(at);
            self.found
                .add(place.removed(What::Form, Effects::BREAKS_API, describe(form)));
        }
        for (at, form) in &after {
            let effects = direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH);
            self.found
                .add(place.keyword(at).added(What::Form, effects, describe(form)));
        }
    }

    /// What can be expanded, save for fields that came or went as a whole.
    fn expandable_fields(&mut self, place: &Place, before: &View<'_>, after: &View<'_>) {
        let names = |view: &View<'_>| -> Vec<String> {
            let names = view.get("x-expandableFields").and_then(Value::as_array);
            names.into_iter().flatten().map(shown).collect()
        };
        let is_in_both = |name: &String| {
            [before, after].iter().all(|view| {
                view.get("properties")
                    .is_some_and(|fields| fields.get(name.as_str()).is_some())
            })
        };
        let (was, now) = (names(before), names(after));
        let place = place.keyword("x-expandableFields");
        for name in was
            .iter()
            .filter(|name| !now.contains(name) && is_in_both(name))
        {
            self.found
                .add(place.removed(What::Expandable, Effects::DOCUMENTS, name));
        }
        for name in now
            .iter()
            .filter(|name| !was.contains(name) && is_in_both(name))
        {
            self.found
                .add(place.added(What::Expandable, Effects::ADDS, name));
        }
    }
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
