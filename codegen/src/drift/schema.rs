//! Schemas, keyword by keyword.

use serde_json::Value;

use super::comparison::{Comparison, Pending, Slot};
use super::describe::describe_view;
use super::effects::Effects;
use super::finding::{Direction, What};
use super::limits;
use super::meaning::same_members;
use super::place::{Place, pairs};
use super::properties::{nullable, optional, successor};
use super::references::expand_alike;
use super::view::{Target, View};
use crate::schemas::referred_by;

impl<'d> Comparison<'d> {
    /// Compares two schemas of one place.
    pub(super) fn schema(
        &mut self,
        place: &Place,
        ours: &'d Value,
        theirs: &'d Value,
        direction: Direction,
        slot: Slot,
    ) {
        // What they refer to has the same names then, and components of one name are compared anyway.
        if ours == theirs {
            return;
        }
        let place = place.directed(direction);
        let (unfolded, before, after) = self.normal(ours, theirs);
        if unfolded.is_none() {
            self.views(&place, &before, &after, direction, slot);
        } else {
            self.later(unfolded, place, [before, after], direction, slot);
        }
    }

    /// Both schemas in their normal form. Where one is a reference and the other is written in place,
    /// its component takes its place, and which it is comes first.
    pub(super) fn normal(
        &self,
        ours: &'d Value,
        theirs: &'d Value,
    ) -> (Option<(&'d str, *const Value)>, View<'d>, View<'d>) {
        let before = View::of(ours).without_aliases(self.ours);
        let after = View::of(theirs).without_aliases(self.theirs);
        match (before.target(), after.target()) {
            (Target::Component(name), Target::Typed(_) | Target::Union(_)) => {
                match before.followed(self.ours) {
                    Some(before) => (Some((name, std::ptr::from_ref(theirs))), before, after),
                    None => (None, before, after),
                }
            }
            (Target::Typed(_) | Target::Union(_), Target::Component(name)) => {
                match after.followed(self.theirs) {
                    Some(after) => (Some((name, std::ptr::from_ref(ours))), before, after),
                    None => (None, before, after),
                }
            }
            _ => (None, before, after),
        }
    }

    /// Compares two normal forms when everything before them has been compared. A component that
    /// holds itself, written out further on the other side, would never end: each is compared once
    /// with the same place.
    pub(super) fn later(
        &mut self,
        unfolded: Option<(&'d str, *const Value)>,
        place: Place,
        [before, after]: [View<'d>; 2],
        direction: Direction,
        slot: Slot,
    ) {
        if unfolded.is_none_or(|pair| self.unfolded.insert(pair)) {
            self.pending.push(Pending {
                place,
                before,
                after,
                direction,
                slot,
            });
        }
    }

    /// Compares all that is left to compare.
    pub(super) fn finish(&mut self) {
        while let Some(pending) = self.pending.pop() {
            let Pending {
                place,
                before,
                after,
                direction,
                slot,
            } = pending;
            self.views(&place, &before, &after, direction, slot);
        }
    }

    fn views(
        &mut self,
        place: &Place,
        before: &View<'d>,
        after: &View<'d>,
        direction: Direction,
        slot: Slot,
    ) {
        if before.nullable != after.nullable {
            let nullable = [before.nullable, after.nullable];
            self.nullability(place, nullable, direction, slot);
        }
        let [ours, theirs] = place.pointers();
        let place = place.at(place.name(), before.pointer(ours), after.pointer(theirs));
        let breaking = direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH);
        match (before.target(), after.target()) {
            (was, now) if was == now => {}
            (Target::Component(was), Target::Component(now)) => {
                self.references(&place, was, now, direction);
            }
            (was, now) => {
                let (what, effects) = match (was, now) {
                    (Target::Typed(_), Target::Typed(_)) => (What::Type, breaking),
                    // The same values, which Rust knows more or less of.
                    (Target::Cut(one), Target::Component(other))
                    | (Target::Component(other), Target::Cut(one))
                        if leads_to(one, other) =>
                    {
                        (What::Reference, Effects::BREAKS_API)
                    }
                    _ => (What::Reference, breaking),
                };
                let [was, now] = [before, after].map(describe_view);
                self.found.add(place.changed(what, effects, was, now));
                return;
            }
        }
        let mut keywords: Vec<_> = before.members.keys().chain(after.members.keys()).collect();
        keywords.sort();
        keywords.dedup();
        for keyword in keywords {
            let (was, now) = (before.get(keyword), after.get(keyword));
            match *keyword {
                // Compared above or below.
                "$ref" | "properties" | "required" | "x-expandableFields" => {}
                "anyOf" | "oneOf" | "allOf" if was.is_some() && now.is_some() => {
                    let forms = [before, after].map(|view| view.forms(keyword));
                    self.forms(&place.keyword(keyword), forms, direction);
                }
                "x-expansionResources" if expand_alike(before, after) => {}
                _ if same_members(was, now) => {}
                _ => self.keyword(&place, keyword, was, now, direction),
            }
        }
        self.properties(&place, before, after, direction);
        self.expandable_fields(&place, before, after);
    }

    /// Compares the fields of two object schemas.
    fn properties(
        &mut self,
        place: &Place,
        ours: &View<'d>,
        theirs: &View<'d>,
        direction: Direction,
    ) {
        let [before, after] =
            [ours, theirs].map(|view| view.get("properties").unwrap_or(&Value::Null));
        let added: Vec<_> = pairs(before, after)
            .filter_map(|(name, was, now)| was.is_none().then_some((name, now?)))
            .collect();
        let fields = place.keyword("properties");
        for (name, was, now) in pairs(before, after) {
            let [required_before, required_after] = [ours, theirs].map(|view| view.requires(name));
            if was == now && required_before == required_after {
                continue;
            }
            let place = fields.below(place.part_name(name), name);
            match (was, now) {
                (Some(was), Some(now)) => {
                    let required = [required_before, required_after];
                    if required_before != required_after {
                        let nullable = [nullable(was, self.ours), nullable(now, self.theirs)];
                        self.requiredness(&place, required, nullable, direction);
                    }
                    self.schema(&place, was, now, direction, Slot::Field { required });
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

    fn nullability(
        &mut self,
        place: &Place,
        nullable: [bool; 2],
        direction: Direction,
        slot: Slot,
    ) {
        let required = match slot {
            Slot::Field { required } => required,
            Slot::Value => [true, true],
        };
        let received = optional(required, nullable);
        let sent = if nullable[1] {
            Effects::ADDS
        } else {
            Effects::BREAKS_API
        };
        let effects = direction.pick(sent, received);
        let [was, now] = nullable.map(|nullable| if nullable { "nullable" } else { "never null" });
        self.found
            .add(place.changed(What::Nullable, effects, was, now));
    }

    /// A keyword that differs.
    fn keyword(
        &mut self,
        place: &Place,
        keyword: &str,
        was: Option<&'d Value>,
        now: Option<&'d Value>,
        direction: Direction,
    ) {
        match (keyword, was, now) {
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
            ("enum", Some(was), Some(now)) => self.enum_values(&place.keyword(keyword), was, now),
            ("discriminator", Some(was), Some(now)) if self.discriminate_alike(was, now) => {}
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
}

fn leads_to(reference: &Value, component: &str) -> bool {
    referred_by(reference) == Some(component)
}
