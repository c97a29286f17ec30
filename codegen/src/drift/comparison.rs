//! The state of a comparison, to which each module of a part of the document adds its findings.

use serde_json::Value;

use super::finding::Findings;
use super::reach::Reach;
use crate::slice::{OperationKey, Slice};

/// Two trimmed documents and what was found so far.
pub(super) struct Comparison<'d> {
    pub(super) ours: &'d Value,
    pub(super) theirs: &'d Value,
    pub(super) slice: &'d Slice,
    pub(super) reach: Reach,
    pub(super) found: Findings,
}

impl<'d> Comparison<'d> {
    pub(super) fn of(ours: &'d Value, theirs: &'d Value, slice: &'d Slice) -> Self {
        Self {
            ours,
            theirs,
            slice,
            reach: Reach::of([ours, theirs]),
            found: Findings::default(),
        }
    }

    /// What an operation is called: its name in Rust, where the slice gives one.
    pub(super) fn name(&self, key: &OperationKey) -> String {
        match self.slice.operation(key) {
            Some(named) => format!("{}.{}", named.resource, named.function),
            None => key.to_string(),
        }
    }
}
