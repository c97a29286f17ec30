//! Fields that were added or removed, and whether they are required.

use serde_json::Value;

use super::comparison::Comparison;
use super::describe::describe;
use super::effects::Effects;
use super::finding::{Direction, What};
use super::place::Place;
use super::view::View;

impl Comparison<'_> {
    pub(super) fn removed_field(
        &mut self,
        place: &Place,
        was: &Value,
        required: bool,
        direction: Direction,
        successor: Option<&str>,
    ) {
        let decoding = if required && !nullable(was, self.ours) {
            Effects::BREAKS_BOTH
        } else {
            Effects::BREAKS_API
        };
        let effects = direction.pick(Effects::BREAKS_API, decoding);
        let mut finding = place.removed(What::Field, effects, described(was, required));
        if let Some(name) = successor {
            finding = finding.note(format!("probably replaced by `{name}`"));
        }
        self.found.add(finding);
    }

    pub(super) fn added_field(
        &mut self,
        place: &Place,
        now: &Value,
        required: bool,
        direction: Direction,
    ) {
        let sent = if required {
            Effects::BREAKS_API
        } else {
            Effects::ADDS
        };
        let effects = direction.pick(sent, Effects::ADDS);
        let now = described(now, required);
        self.found.add(place.added(What::Field, effects, now));
    }

    pub(super) fn requiredness(
        &mut self,
        place: &Place,
        required: [bool; 2],
        nullable: [bool; 2],
        direction: Direction,
    ) {
        let effects = direction.pick(Effects::BREAKS_API, optional(required, nullable));
        let [was, now] = required.map(|required| if required { "required" } else { "optional" });
        self.found
            .add(place.changed(What::Required, effects, was, now));
    }

    /// Names under `required` of fields that are not described.
    pub(super) fn required_strangers(&mut self, place: &Place, ours: &View<'_>, theirs: &View<'_>) {
        let stranger = |view: &View<'_>, name: &str| view.requires(name) && !view.has_field(name);
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

/// What it does to what is received that a field is required or nullable otherwise than before: its
/// type is an `Option` unless it is always there and never null.
pub(super) fn optional(required: [bool; 2], nullable: [bool; 2]) -> Effects {
    let is_option = |side: usize| !required[side] || nullable[side];
    match (is_option(0), is_option(1)) {
        (false, true) => Effects::BREAKS_BOTH,
        (true, false) => Effects::BREAKS_API,
        _ => Effects::DOCUMENTS,
    }
}

/// Whether null may stand for a schema of a document.
pub(super) fn nullable(schema: &Value, document: &Value) -> bool {
    let view = View::of(schema).without_aliases(document);
    view.nullable || view.followed(document).is_some_and(|it| it.nullable)
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
