//! The fields of an object.

use serde_json::Value;

use super::Comparison;
use super::effects::Effects;
use super::finding::{Direction, Place, What, pairs};
use super::schema::{Slot, View, describe};

impl Comparison<'_> {
    /// Compares the fields of two object schemas.
    pub(super) fn properties(
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
                    let decoding = if required_before && !View::of(was).nullable {
                        Effects::BREAKS_BOTH
                    } else {
                        Effects::BREAKS_API
                    };
                    let effects = direction.pick(Effects::BREAKS_API, decoding);
                    let mut finding =
                        place.removed(What::Field, effects, described(was, required_before));
                    if let Some(name) = successor(name, was, &added) {
                        finding = finding.note(format!("probably replaced by `{name}`"));
                    }
                    self.found.add(finding);
                }
                (None, Some(now)) => {
                    let sent = if required_after {
                        Effects::BREAKS_API
                    } else {
                        Effects::ADDS
                    };
                    let effects = direction.pick(sent, Effects::ADDS);
                    let now = described(now, required_after);
                    self.found.add(place.added(What::Field, effects, now));
                }
                (None, None) => {}
            }
        }
        self.required_strangers(place, ours, theirs);
    }

    fn requiredness(&mut self, place: &Place, was: &Value, after: bool, direction: Direction) {
        let received = match (View::of(was).nullable, after) {
            // Null or absent: the type is an `Option` either way.
            (true, _) => Effects::DOCUMENTS,
            (false, true) => Effects::BREAKS_API,
            (false, false) => Effects::BREAKS_BOTH,
        };
        let effects = direction.pick(Effects::BREAKS_API, received);
        let word = |required: bool| if required { "required" } else { "optional" };
        self.found
            .add(place.changed(What::Required, effects, word(!after), word(after)));
    }

    /// Names under `required` of fields that are not described.
    fn required_strangers(&mut self, place: &Place, ours: &View<'_>, theirs: &View<'_>) {
        let stranger = |view: &View<'_>, name: &str| {
            view.requires(name)
                && view
                    .get("properties")
                    .is_none_or(|fields| fields.get(name).is_none())
        };
        for name in ours.required().into_iter().chain(theirs.required()) {
            let (was, now) = (stranger(ours, name), stranger(theirs, name));
            let place = place.keyword("required");
            if was && !theirs.requires(name) {
                self.found
                    .add(place.removed(What::Required, Effects::DOCUMENTS, name));
            } else if now && !ours.requires(name) {
                self.found
                    .add(place.added(What::Required, Effects::BREAKS_API, name));
            }
        }
    }
}

/// What took the place of something that is gone: the one new thing with a similar name or, failing
/// that, the one with the same definition.
pub(super) fn successor<'v>(
    name: &str,
    definition: &Value,
    added: &[(&'v str, &Value)],
) -> Option<&'v str> {
    let only = |mut found: Box<dyn Iterator<Item = &'v str> + '_>| {
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let names = added
        .iter()
        .map(|(other, _)| *other)
        .filter(|other| similar(name, other));
    let same = added
        .iter()
        .filter(|(_, other)| *other == definition)
        .map(|(other, _)| *other);
    only(Box::new(names)).or_else(|| only(Box::new(same)))
}

/// Whether two names have most of their beginning in common.
fn similar(left: &str, right: &str) -> bool {
    let common = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right)
        .count();
    3 * common >= 2 * left.len().max(right.len())
}

fn described(schema: &Value, required: bool) -> String {
    let nullable = if View::of(schema).nullable {
        ", nullable"
    } else {
        ""
    };
    let required = if required { "required" } else { "optional" };
    format!("{}, {required}{nullable}", describe(schema))
}
