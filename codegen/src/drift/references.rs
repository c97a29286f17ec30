//! Components: what is called otherwise, and what is another.

use std::collections::BTreeSet;

use serde_json::Value;

use super::alike::Alike;
use super::comparison::{Comparison, Slot};
use super::effects::Effects;
use super::finding::{Direction, What};
use super::place::{Place, pairs};
use super::view::{Target, View};
use crate::names::pascal;
use crate::pointer::Pointer;
use crate::trim::CUT_REFERENCE;

impl<'d> Comparison<'d> {
    /// Compares the components that both documents have. Those of one of them are part of what
    /// refers to them.
    pub(super) fn components(&mut self) {
        for name in &self.before.report.schemas {
            if self.after.has_component(name) {
                self.component(name, name);
            }
        }
    }

    fn component(&mut self, was: &'d str, now: &'d str) {
        let direction = self.reach.direction([was, now]);
        let [ours, theirs] = [(self.ours, was), (self.theirs, now)]
            .map(|(document, name)| &document["components"]["schemas"][name]);
        if ours == theirs {
            return;
        }
        let at = |name: &str| Pointer::from(["components", "schemas", name]);
        let place = Place::new(now, at(now));
        let place = place.at(now, at(was), at(now)).directed(direction);
        let (unfolded, before, after) = self.normal(ours, theirs);
        self.later(unfolded, place, [before, after], direction, Slot::Value);
    }

    /// A place that refers to a component of another name.
    pub(super) fn references(
        &mut self,
        place: &Place,
        was: &'d str,
        now: &'d str,
        direction: Direction,
    ) {
        if self.is_renamed(was, now) {
            return;
        }
        if self.can_be_renamed(was, now) && self.have_much_in_common(was, now) {
            self.renamed.insert(was, now);
            self.taken.insert(now);
            let schema = &self.theirs["components"]["schemas"][now];
            if has_type(schema) && pascal(was) != pascal(now) {
                let place = Place::new(now, Pointer::from(["components", "schemas", now]));
                self.found.add(place.renamed(What::RustType, was, now));
            }
            self.component(was, now);
            return;
        }
        let effects = if Alike::new([self.ours, self.theirs]).components(was, now) {
            Effects::BREAKS_API
        } else {
            direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH)
        };
        self.found
            .add(place.changed(What::Reference, effects, was, now));
    }

    /// Whether two forms are references that could lead to one component by its old and new names.
    pub(super) fn could_be_renamed(&self, ours: &'d Value, theirs: &'d Value) -> bool {
        let was = View::of(ours).without_aliases(self.ours);
        let now = View::of(theirs).without_aliases(self.theirs);
        match (was.target(), now.target()) {
            (Target::Component(was), Target::Component(now)) => self.are_one(was, now),
            _ => false,
        }
    }

    /// Whether two discriminators lead to the same components, but for new names.
    pub(super) fn discriminate_alike(&self, was: &'d Value, now: &'d Value) -> bool {
        let mapping = |value: &'d Value| value.get("mapping").unwrap_or(&Value::Null);
        let name = |text: Option<&'d Value>| text?.as_str()?.rsplit('/').next();
        was.get("propertyName") == now.get("propertyName")
            && pairs(mapping(was), mapping(now)).all(|(_, was, now)| {
                was == now
                    || name(was)
                        .zip(name(now))
                        .is_some_and(|(was, now)| self.are_one(was, now))
            })
    }

    /// Whether these are, or could be, one component by its old and new names.
    fn are_one(&self, was: &str, now: &str) -> bool {
        was == now
            || self.is_renamed(was, now)
            || self.can_be_renamed(was, now) && self.have_much_in_common(was, now)
    }

    fn is_renamed(&self, was: &str, now: &str) -> bool {
        self.renamed.get(was) == Some(&now)
    }

    /// Whether one of two names is gone and the other is new.
    fn can_be_renamed(&self, was: &str, now: &str) -> bool {
        !self.after.has_component(was)
            && !self.before.has_component(now)
            && !self.renamed.contains_key(was)
            && !self.taken.contains(now)
    }

    fn have_much_in_common(&self, was: &str, now: &str) -> bool {
        let parts = |(document, name): (&'d Value, &str)| -> BTreeSet<String> {
            let view = View::of(&document["components"]["schemas"][name]);
            let fields = view.get("properties").and_then(Value::as_object);
            let fields = fields.into_iter().flat_map(|fields| fields.keys().cloned());
            let values = view.get("enum").and_then(Value::as_array);
            let values = values.into_iter().flatten().map(Value::to_string);
            fields.chain(values).collect()
        };
        let (before, after) = (parts((self.ours, was)), parts((self.theirs, now)));
        let common = before.intersection(&after).count();
        match before.len().max(after.len()) {
            // Neither an object with fields nor an enum.
            0 => Alike::new([self.ours, self.theirs]).components(was, now),
            most => 2 * common >= most,
        }
    }
}

/// Whether what two schemas can be expanded to differs no more than their forms do, which it repeats.
pub(super) fn expand_alike(before: &View<'_>, after: &View<'_>) -> bool {
    let [was, now] = [before, after].map(|view| {
        let (mut expanded, mut forms) = (BTreeSet::new(), BTreeSet::new());
        for (key, member) in &view.members {
            match *key {
                "x-expansionResources" => referred_to(member, &mut expanded),
                "$ref" | CUT_REFERENCE => forms.extend(member.as_str()),
                "anyOf" | "oneOf" | "allOf" => referred_to(member, &mut forms),
                _ => {}
            }
        }
        let apart: BTreeSet<&str> = expanded.symmetric_difference(&forms).copied().collect();
        (expanded, apart)
    });
    was.0 == now.0 || was.1 == now.1
}

fn referred_to<'v>(value: &'v Value, texts: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(members) => {
            for key in ["$ref", CUT_REFERENCE] {
                texts.extend(members.get(key).and_then(Value::as_str));
            }
            members
                .values()
                .for_each(|member| referred_to(member, texts));
        }
        Value::Array(items) => items.iter().for_each(|item| referred_to(item, texts)),
        _ => {}
    }
}

/// Whether Rust has a type of its own for a component.
fn has_type(schema: &Value) -> bool {
    let view = View::of(schema);
    match view.target() {
        Target::Typed(Some(kind)) => kind == "object" || view.get("enum").is_some(),
        _ => true,
    }
}
