//! The forms that a value may have. They have no names and no order: which is which is told by what
//! they say.

use std::collections::BTreeMap;

use serde_json::Value;

use super::alike::Alike;
use super::comparison::{Comparison, Slot};
use super::describe::describe;
use super::effects::Effects;
use super::finding::{Direction, What};
use super::place::Place;
use super::view::{Target, View};

/// Forms and where each stands below its keyword.
type Forms<'d> = Vec<(Vec<String>, &'d Value)>;

/// How one form is recognised in the other document.
type Rule<'d> = fn(&Comparison<'d>, &'d Value, &'d Value) -> bool;

/// Beyond so many pairs of forms, only those that are written alike find each other.
const MOST_PAIRS: usize = 4_096;

impl<'d> Comparison<'d> {
    pub(super) fn forms(&mut self, place: &Place, forms: [Forms<'d>; 2], direction: Direction) {
        let [before, after] = forms;
        let (mut before, mut after) = without_equals(before, after);
        if before.len() * after.len() <= MOST_PAIRS {
            // The surest sign first.
            let rules: [Rule<'d>; 3] = [
                |this, ours, theirs| Alike::new([this.ours, this.theirs]).schemas(ours, theirs),
                |this, ours, theirs| this.could_be_renamed(ours, theirs),
                |_, ours, theirs| kind(ours).is_some_and(|it| kind(theirs) == Some(it)),
            ];
            for rule in rules {
                let mut lonely = Vec::new();
                for (ours_at, ours) in before {
                    let found = after
                        .iter()
                        .position(|(_, theirs)| rule(self, ours, theirs));
                    let Some(found) = found else {
                        lonely.push((ours_at, ours));
                        continue;
                    };
                    let (theirs_at, theirs) = after.remove(found);
                    let place = place.apart(place.name(), &ours_at, &theirs_at);
                    self.schema(&place, ours, theirs, direction, Slot::Value);
                }
                before = lonely;
            }
        }
        if let ([(ours_at, ours)], [(theirs_at, theirs)]) = (before.as_slice(), after.as_slice()) {
            let place = place.apart(place.name(), ours_at, theirs_at);
            self.schema(&place, ours, theirs, direction, Slot::Value);
            return;
        }
        for (at, form) in before {
            let place = place.apart(place.name(), &at, &at);
            self.found
                .add(place.removed(What::Form, Effects::BREAKS_API, describe(form)));
        }
        for (at, form) in after {
            let effects = direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH);
            let place = place.apart(place.name(), &at, &at);
            self.found
                .add(place.added(What::Form, effects, describe(form)));
        }
    }
}

/// Forms without those that are written in the same words on both sides.
fn without_equals<'d>(before: Forms<'d>, after: Forms<'d>) -> (Forms<'d>, Forms<'d>) {
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, form) in &after {
        *texts.entry(form.to_string()).or_default() += 1;
    }
    let mut equals: BTreeMap<String, usize> = BTreeMap::new();
    let mut take = |form: &Value, from: &mut BTreeMap<String, usize>| {
        let text = form.to_string();
        match from.get_mut(&text) {
            Some(count) if *count > 0 => {
                *count -= 1;
                *equals.entry(text).or_default() += 1;
                true
            }
            _ => false,
        }
    };
    let before: Forms<'d> = before
        .into_iter()
        .filter(|(_, form)| !take(form, &mut texts))
        .collect();
    let mut after = after;
    after.retain(|(_, form)| {
        let count = equals.get_mut(&form.to_string());
        !count.is_some_and(|count| {
            let is_equal = *count > 0;
            *count = count.saturating_sub(1);
            is_equal
        })
    });
    (before, after)
}

/// What two forms have in common that are one form, changed: a type that is neither an object nor a
/// reference, since a union has at most one of each.
fn kind(form: &Value) -> Option<String> {
    match View::of(form).target() {
        Target::Typed(Some(kind)) if kind != "object" => Some(kind.to_string()),
        _ => None,
    }
}
