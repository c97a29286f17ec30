//! What concerns the documents as a whole: their operations, components, event types and neighbours.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::Comparison;
use super::effects::Effects;
use super::finding::{Place, What, pairs, shown};
use super::schema::Slot;
use crate::canonical::{Difference, differences};
use crate::document::operations;
use crate::pointer::Pointer;
use crate::slice::OperationKey;
use crate::trim::{EVENT_TYPES, Gaps, LEFT_OUT, Neighbours};
use crate::walk::METHODS;

impl Comparison<'_> {
    /// What concerns the document as a whole.
    pub(super) fn root(&mut self) {
        let place = Place::new("document", Pointer::root());
        self.found
            .keywords(&place, self.ours, self.theirs, |keyword| match keyword {
                "paths" | "components" | "info" | EVENT_TYPES | LEFT_OUT => None,
                "servers" | "security" => Some(Effects::BREAKS_API),
                _ => Some(Effects::DOCUMENTS),
            });
        let [ours, theirs] = [self.ours, self.theirs].map(|document| &document["info"]);
        let place = place.below("info", "info");
        self.found
            .keywords(&place, ours, theirs, |_| Some(Effects::DOCUMENTS));
    }

    /// Compares the operations. Returns those `near` the slice into which none of its was moved.
    pub(super) fn operations(
        &mut self,
        upstream: &Value,
        mut near: BTreeSet<OperationKey>,
    ) -> BTreeSet<OperationKey> {
        let keys = |document: &Value| -> BTreeSet<OperationKey> {
            operations(document)
                .map(|(method, path, _)| OperationKey::new(method, path))
                .collect()
        };
        let (before, after) = (keys(self.ours), keys(self.theirs));
        for key in before.difference(&after) {
            let at = key.pointer();
            let operation = at.resolve(self.ours).unwrap_or(&Value::Null);
            let place = Place::new(self.name(key), at);
            let moved = moved_to(operation, upstream, &before);
            let finding = match &moved {
                Some(now) => place
                    .changed(What::Operation, Effects::BREAKS_API, key, now)
                    .at(now.pointer())
                    .note("correct its entry in openapi/slice.toml"),
                None => place.removed(What::Operation, Effects::BREAKS_API, key),
            };
            if let Some(now) = &moved {
                near.remove(now);
            }
            self.found.add(finding);
        }
        for key in after.difference(&before) {
            let place = Place::new(self.name(key), key.pointer());
            self.found
                .add(place.added(What::Operation, Effects::ADDS, key));
        }
        for key in before.intersection(&after) {
            self.operation(key);
        }
        self.path_items(&before, &after);
        near
    }

    /// What path items say besides their operations.
    fn path_items(&mut self, before: &BTreeSet<OperationKey>, after: &BTreeSet<OperationKey>) {
        let paths = |keys: &BTreeSet<OperationKey>| -> BTreeSet<String> {
            keys.iter().map(|key| key.path.clone()).collect()
        };
        for path in paths(before).intersection(&paths(after)) {
            let place = Place::new(path, Pointer::from(["paths", path]));
            let [ours, theirs] =
                [self.ours, self.theirs].map(|document| &document["paths"][path.as_str()]);
            self.found.keywords(&place, ours, theirs, |keyword| {
                let is_method = METHODS.contains(&keyword);
                (!is_method).then_some(Effects::BREAKS_API)
            });
        }
    }

    pub(super) fn components(&mut self) {
        let (ours, theirs) = (&self.ours["components"], &self.theirs["components"]);
        let at = Pointer::from(["components"]);
        let place = Place::new("components", at.clone());
        self.found.keywords(&place, ours, theirs, |section| {
            (section != "schemas").then_some(Effects::BREAKS_API)
        });
        let at = at.join("schemas");
        for (name, ours, theirs) in pairs(&ours["schemas"], &theirs["schemas"]) {
            let place = Place::new(name, at.join(name));
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => {
                    let direction = self.reach.direction(name);
                    self.schema(&place, ours, theirs, direction, Slot::Value);
                }
                (Some(_), None) => {
                    self.found
                        .add(place.removed(What::Schema, Effects::BREAKS_API, name));
                }
                _ => self
                    .found
                    .add(place.added(What::Schema, Effects::ADDS, name)),
            }
        }
    }

    pub(super) fn events(&mut self, gaps: &Gaps) {
        let listed = |document: &Value| -> BTreeSet<String> {
            let events = document.get(EVENT_TYPES).and_then(Value::as_array);
            events
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect()
        };
        let before = listed(self.ours);
        let after: BTreeSet<_> = listed(self.theirs)
            .difference(&gaps.events)
            .cloned()
            .collect();
        let place = |event: &String| Place::new(event, Pointer::from([EVENT_TYPES]));
        for event in before.difference(&after) {
            self.found
                .add(place(event).removed(What::Event, Effects::BREAKS_API, event));
        }
        for event in after.difference(&before) {
            self.found
                .add(place(event).added(What::Event, Effects::ADDS, event));
        }
    }

    /// What lies beside the slice and was not there, or not known, when the document was trimmed.
    pub(super) fn neighbours(&mut self, near: Neighbours) {
        const NEW: &str = "beside the slice and not in openapi/slice.toml";
        const GONE: &str = "was beside the slice";
        let before = Neighbours::listed(self.ours);
        for key in near.operations.difference(&before.operations) {
            let place = Place::new(key, key.pointer());
            self.found
                .add(place.added(What::Operation, Effects::ADDS, key).note(NEW));
        }
        for key in before.operations.difference(&near.operations) {
            if self.slice.operation(key).is_none() {
                let place = Place::new(key, key.pointer());
                self.found.add(
                    place
                        .removed(What::Operation, Effects::DOCUMENTS, key)
                        .note(GONE),
                );
            }
        }
        let place = |event: &String| Place::new(event, Pointer::from([EVENT_TYPES]));
        for event in near.events.difference(&before.events) {
            self.found.add(
                place(event)
                    .added(What::Event, Effects::ADDS, event)
                    .note(NEW),
            );
        }
        for event in before.events.difference(&near.events) {
            if !self.slice.events.contains(event) {
                self.found.add(
                    place(event)
                        .removed(What::Event, Effects::DOCUMENTS, event)
                        .note(GONE),
                );
            }
        }
    }

    pub(super) fn idle_cuts(&mut self, gaps: &Gaps) {
        for name in &gaps.cuts {
            let place = Place::new(name, Pointer::from(["components", "schemas", name]));
            self.found.add(
                place
                    .removed(What::Cut, Effects::DOCUMENTS, name)
                    .note("nothing refers to it any more: remove it from openapi/slice.toml"),
            );
        }
    }

    /// Documents that differ and mean the same are still not the same.
    pub(super) fn spelling(&mut self) {
        if !self.found.is_empty() {
            return;
        }
        let left_out = Pointer::from([LEFT_OUT]);
        for Difference {
            at,
            expected,
            found,
        } in differences(self.ours, self.theirs)
        {
            if !at.segments().starts_with(left_out.segments()) {
                let place = Place::new("spelling", at);
                let [was, now] = [&expected, &found].map(|value| shown(value.as_ref()));
                self.found
                    .add(place.changed(What::Spelling, Effects::DOCUMENTS, was, now));
            }
        }
    }
}

/// Where upstream has an operation that is gone from its place: the one with its id.
fn moved_to(
    operation: &Value,
    upstream: &Value,
    before: &BTreeSet<OperationKey>,
) -> Option<OperationKey> {
    let id = operation.get("operationId")?;
    operations(upstream)
        .filter(|(_, _, other)| other.get("operationId") == Some(id))
        .map(|(method, path, _)| OperationKey::new(method, path))
        .find(|key| !before.contains(key))
}
