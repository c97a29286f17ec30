//! The event types of the slice, and what lies beside it.

use std::collections::BTreeSet;

use super::comparison::Comparison;
use super::effects::Effects;
use super::finding::What;
use super::place::Place;
use crate::pointer::Pointer;
use crate::slice::OperationKey;
use crate::trim::{EVENT_TYPES, Neighbours};

impl Comparison<'_> {
    pub(super) fn events(&mut self) {
        let (before, after) = (self.before.events(), self.after.events());
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
    pub(super) fn neighbours(&mut self, near: BTreeSet<OperationKey>) {
        const NEW: &str = "beside the slice and not in its file";
        const GONE: &str = "was beside the slice";
        let before = Neighbours::listed(self.ours);
        let after = Neighbours {
            operations: near,
            events: self.after.report.near_events.clone(),
        };
        let slice = &self.after.slice;
        let at = |key: &OperationKey| Place::new(key, key.pointer());
        for key in after.operations.difference(&before.operations) {
            let finding = at(key).added(What::Operation, Effects::ADDS, key);
            self.found.add(finding.note(NEW));
        }
        for key in before.operations.difference(&after.operations) {
            if slice.operation(key).is_none() {
                let finding = at(key).removed(What::Operation, Effects::DOCUMENTS, key);
                self.found.add(finding.note(GONE));
            }
        }
        for event in after.events.difference(&before.events) {
            let finding = place(event).added(What::Event, Effects::ADDS, event);
            self.found.add(finding.note(NEW));
        }
        for event in before.events.difference(&after.events) {
            if !slice.events.contains(event) {
                let finding = place(event).removed(What::Event, Effects::DOCUMENTS, event);
                self.found.add(finding.note(GONE));
            }
        }
    }

    /// Cuts that cut nothing any more.
    pub(super) fn idle_cuts(&mut self) {
        for name in self.after.gaps.cuts.difference(&self.before.gaps.cuts) {
            let place = Place::new(name, Pointer::from(["components", "schemas", name]));
            self.found.add(
                place
                    .removed(What::Cut, Effects::DOCUMENTS, name)
                    .note("nothing refers to it any more: remove it from the slice file"),
            );
        }
    }
}

fn place(event: &str) -> Place {
    Place::new(event, Pointer::from([EVENT_TYPES]))
}
