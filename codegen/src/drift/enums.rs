//! Lists of names in a schema: the values of an enum, the fields that can be expanded.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::comparison::Comparison;
use super::effects::Effects;
use super::finding::What;
use super::meaning::identity;
use super::place::{Place, shown};
use super::view::View;

impl Comparison<'_> {
    /// Values in no order, of which a document may repeat some. Whether null is among them is told as
    /// such.
    pub(super) fn enum_values(&mut self, place: &Place, was: &Value, now: &Value) {
        let values = |list: &Value| -> BTreeMap<String, String> {
            let values = list.as_array().into_iter().flatten();
            values
                .filter(|value| !value.is_null())
                .map(|value| (identity(value), shown(value)))
                .collect()
        };
        let (before, after) = (values(was), values(now));
        for (_, value) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
            self.found
                .add(place.removed(What::EnumValue, Effects::BREAKS_API, value));
        }
        for (_, value) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
            self.found
                .add(place.added(What::EnumValue, Effects::ADDS, value));
        }
    }

    /// What can be expanded, save for fields that came or went as a whole.
    pub(super) fn expandable_fields(&mut self, place: &Place, before: &View<'_>, after: &View<'_>) {
        let names = |view: &View<'_>| -> BTreeSet<String> {
            let names = view.get("x-expandableFields").and_then(Value::as_array);
            names.into_iter().flatten().map(shown).collect()
        };
        let is_in_both = |name: &&String| before.has_field(name) && after.has_field(name);
        let (was, now) = (names(before), names(after));
        let place = place.keyword("x-expandableFields");
        for name in was.difference(&now).filter(is_in_both) {
            self.found
                .add(place.removed(What::Expandable, Effects::DOCUMENTS, name));
        }
        for name in now.difference(&was).filter(is_in_both) {
            self.found
                .add(place.added(What::Expandable, Effects::ADDS, name));
        }
    }
}
