//! What lies beside a slice: told once, when it is new, and then known to be left out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::slice::{OperationKey, Slice};

/// The root member of a trimmed document that lists what lay beside the slice when it was trimmed.
pub(crate) const LEFT_OUT: &str = "x-left-out";

/// Operations and event types beside a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Neighbours {
    pub(crate) operations: BTreeSet<OperationKey>,
    pub(crate) events: BTreeSet<String>,
}

impl Neighbours {
    /// Those that a trimmed document lists.
    pub(crate) fn listed(document: &Value) -> Self {
        let texts = |list: &str| {
            let texts = document
                .get(LEFT_OUT)
                .and_then(|all| all.get(list))
                .and_then(Value::as_array);
            texts.into_iter().flatten().filter_map(Value::as_str)
        };
        let key = |text: &str| {
            let (method, path) = text.split_once(' ')?;
            Some(OperationKey::new(method.to_lowercase(), path))
        };
        Self {
            operations: texts("operations").filter_map(key).collect(),
            events: texts("events").map(str::to_owned).collect(),
        }
    }

    /// These and those, without what the slice has.
    pub(crate) fn and(self, others: Self, slice: &Slice) -> Self {
        let Self {
            mut operations,
            mut events,
        } = self;
        operations.extend(others.operations);
        operations.retain(|key| slice.operation(key).is_none());
        events.extend(others.events);
        events.retain(|event| !slice.events.contains(event));
        Self { operations, events }
    }

    /// The list for a trimmed document, if there is anything to list.
    pub(crate) fn to_value(&self) -> Option<Value> {
        if *self == Self::default() {
            return None;
        }
        let operations: Vec<_> = self
            .operations
            .iter()
            .map(OperationKey::to_string)
            .collect();
        Some(json!({"events": self.events, "operations": operations}))
    }
}
