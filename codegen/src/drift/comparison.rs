//! The state of a comparison, to which each module of a part of the document adds its findings.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::finding::Direction;
use super::findings::Findings;
use super::place::Place;
use super::reach::Reach;
use super::side::Side;
use super::view::View;
use crate::slice::OperationKey;

/// Two documents in the form of one slice, and what was found so far.
pub(super) struct Comparison<'d> {
    pub(super) before: &'d Side,
    pub(super) after: &'d Side,
    pub(super) ours: &'d Value,
    pub(super) theirs: &'d Value,
    pub(super) reach: Reach<'d>,
    pub(super) found: Findings,
    /// What is left to compare. References are not followed by recursion: components may lead to
    /// each other in chains of any length.
    pub(super) pending: Vec<Pending<'d>>,
    /// Components that are called otherwise in the newer document.
    pub(super) renamed: BTreeMap<&'d str, &'d str>,
    /// The new names among them.
    pub(super) taken: HashSet<&'d str>,
    /// Components that were compared with what is written in place, by name and place in memory.
    pub(super) unfolded: HashSet<(&'d str, *const Value)>,
}

/// Two schemas that are still to be compared.
pub(super) struct Pending<'d> {
    pub(super) place: Place,
    pub(super) before: View<'d>,
    pub(super) after: View<'d>,
    pub(super) direction: Direction,
    pub(super) slot: Slot,
}

/// What a schema's value stands in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    /// A field or parameter, which may be optional.
    Field {
        /// Whether the older document requires it, and whether the newer does.
        required: [bool; 2],
    },
    /// Anything else, where a value always stands.
    Value,
}

impl<'d> Comparison<'d> {
    pub(super) fn of(before: &'d Side, after: &'d Side) -> Self {
        let [ours, theirs] = [&before.document, &after.document];
        Self {
            before,
            after,
            ours,
            theirs,
            reach: Reach::of([ours, theirs]),
            found: Findings::default(),
            pending: Vec::new(),
            renamed: BTreeMap::new(),
            taken: HashSet::new(),
            unfolded: HashSet::new(),
        }
    }

    /// What an operation is called: its name in Rust, where the slice gives one.
    pub(super) fn name(&self, key: &OperationKey) -> String {
        let named = [self.after, self.before]
            .into_iter()
            .find_map(|side| side.method(key));
        named.unwrap_or_else(|| key.to_string())
    }
}
