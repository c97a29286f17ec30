//! Schemas, keyword by keyword.

use serde_json::Value;

use super::comparison::Comparison;
use super::effects::Effects;
use super::finding::{Direction, Place, What, pairs, shown};
use super::limits;
use super::properties::successor;
use super::view::{Target, View, describe};

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

    /// Compares the fields of two object schemas.
    fn properties(
        &mut self,
        place: &Place,
        ours: &View<'_>,
        theirs: &View<'_>,
        direction: Direction,
    ) {
        let [before, after] =
            [ours, theirs].map(|view| view.get("properties").unwrap_or(&Value::Null));
        let added: Vec<_> = pairs(before, after)
            .filter_map(|(name, was, now)| was.is_none().then_some((name, now?)))
            .collect();
        let fields = place.keyword("properties");
        for (name, was, now) in pairs(before, after) {
            let place = fields.below(place.part_name(name), name);
            let [required_before, required_after] = [ours, theirs].map(|view| view.requires(name));
            match (was, now) {
                (Some(was), Some(now)) => {
                    if required_before != required_after {
                        self.requiredness(&place, was, required_after, direction);
                    }
                    self.schema(&place, was, now, direction, Slot::Field { required_before });
                }
                (Some(was), None) => {
                    let successor = successor(name, was, &added);
                    self.removed_field(&place, was, required_before, direction, successor);
                }
                (None, Some(now)) => {
                    self.added_field(&place, now, required_after, direction);
                }
                (None, None) => {}
            }
        }
        self.required_strangers(place, ours, theirs);
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
                let effects = limits::effects(keyword, was, now, direction);
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
