//! Which way the values of each component schema travel.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::Direction;
use crate::document::operations;
use crate::pointer::Pointer;
use crate::schemas::reference_to;

/// The components that requests and answers reach, by the text of the references to them.
#[derive(Debug, Default)]
pub(super) struct Reach<'d> {
    sent: BTreeSet<&'d str>,
    received: BTreeSet<&'d str>,
}

impl<'d> Reach<'d> {
    pub(super) fn of(documents: [&'d Value; 2]) -> Self {
        let mut reach = Self::default();
        for document in documents {
            for (_, path, operation) in operations(document) {
                let shared = &document["paths"][path]["parameters"];
                follow(shared, document, &mut reach.sent);
                follow(&operation["parameters"], document, &mut reach.sent);
                follow(&operation["requestBody"], document, &mut reach.sent);
                follow(&operation["responses"], document, &mut reach.received);
            }
        }
        reach
    }

    /// The direction of a schema that is called otherwise in each document. What nothing reaches may
    /// be used either way.
    pub(super) fn direction(&self, names: [&str; 2]) -> Direction {
        let names = names.map(reference_to);
        let is_in = |set: &BTreeSet<&str>| names.iter().any(|name| set.contains(name.as_str()));
        match (is_in(&self.sent), is_in(&self.received)) {
            (true, false) => Direction::Sent,
            (false, true) => Direction::Received,
            _ => Direction::Both,
        }
    }
}

/// Follows references with a list of what is left to do: components may refer to each other in
/// chains of any length.
fn follow<'d>(value: &'d Value, document: &'d Value, reached: &mut BTreeSet<&'d str>) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str)
                    && reached.insert(reference)
                {
                    let target = Pointer::parse(reference);
                    pending.extend(target.and_then(|target| target.resolve(document)));
                }
                pending.extend(members.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
}
