//! What concerns the documents as a whole: their operations and what all of these have in common.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::Comparison;
use super::effective::{security, servers, shown_ways};
use super::effects::Effects;
use super::finding::What;
use super::place::Place;
use crate::document::operations;
use crate::pointer::Pointer;
use crate::slice::OperationKey;
use crate::trim::{EVENT_TYPES, LEFT_OUT};
use crate::walk::METHODS;

impl Comparison<'_> {
    /// What concerns the document as a whole.
    pub(super) fn root(&mut self) {
        let place = Place::new("document", Pointer::root());
        let same_servers = servers(self.ours) == servers(self.theirs);
        self.found
            .keywords(&place, self.ours, self.theirs, |keyword| match keyword {
                "paths" | "components" | "info" | "security" | EVENT_TYPES | LEFT_OUT => None,
                "servers" => (!same_servers).then_some(Effects::BREAKS_API),
                _ => Some(Effects::DOCUMENTS),
            });
        let [ours, theirs] = [self.ours, self.theirs].map(|document| &document["info"]);
        let place = Place::new("info", Pointer::from(["info"]));
        self.found.keywords(&place, ours, theirs, |keyword| {
            (keyword != "title").then_some(Effects::DOCUMENTS)
        });
        let [was, now] = [self.ours, self.theirs].map(|it| security(it, &it["security"]));
        if was != now {
            let place = Place::new("document", Pointer::from(["security"]));
            let what = What::Keyword("security".to_owned());
            let [was, now] = [was, now].map(shown_ways);
            self.found
                .add(place.changed(what, Effects::BREAKS_API, was, now));
        }
    }

    /// Compares the operations. Returns those near the slice into which none of its was moved.
    pub(super) fn operations(&mut self, upstream: &Value) -> BTreeSet<OperationKey> {
        let mut near = self.after.report.near.clone();
        let before = &self.before.report.operations;
        let after = &self.after.report.operations;
        for key in before.difference(after) {
            let at = key.pointer();
            let operation = at.resolve(self.ours).unwrap_or(&Value::Null);
            let place = Place::new(self.name(key), at);
            let refused = self.after.refused.iter().find(|it| it.key == *key);
            let finding = match (moved_to(operation, upstream, before), refused) {
                (_, Some(refused)) => place
                    .removed(What::Operation, Effects::BREAKS_API, key)
                    .note(format!("cannot be generated any more: {}", refused.reason)),
                (Some(now), _) => {
                    near.remove(&now);
                    let at = now.pointer();
                    place
                        .changed(What::Operation, Effects::BREAKS_API, key, now)
                        .at(at)
                        .note("correct its entry in the slice file")
                }
                (None, None) => place.removed(What::Operation, Effects::BREAKS_API, key),
            };
            self.found.add(finding);
        }
        for key in after.difference(before) {
            let place = Place::new(self.name(key), key.pointer());
            self.found
                .add(place.added(What::Operation, Effects::ADDS, key));
        }
        for key in before.intersection(after) {
            self.operation(key);
        }
        self.path_items(before, after);
        near
    }

    /// What path items say of their own, for none of their operations.
    fn path_items(&mut self, before: &BTreeSet<OperationKey>, after: &BTreeSet<OperationKey>) {
        let paths = |keys: &BTreeSet<OperationKey>| -> BTreeSet<String> {
            keys.iter().map(|key| key.path.clone()).collect()
        };
        for path in paths(before).intersection(&paths(after)) {
            let place = Place::new(path, Pointer::from(["paths", path]));
            let [ours, theirs] =
                [self.ours, self.theirs].map(|document| &document["paths"][path.as_str()]);
            self.found.keywords(&place, ours, theirs, |keyword| {
                let is_compared =
                    METHODS.contains(&keyword) || ["parameters", "servers"].contains(&keyword);
                (!is_compared).then_some(Effects::DOCUMENTS)
            });
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
