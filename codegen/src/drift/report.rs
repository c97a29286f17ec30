//! The result of a comparison.

use super::effects::Effects;
use super::finding::Finding;
use crate::slice::OperationKey;

/// What changed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The version of the older document.
    pub from: String,
    /// The version of the newer document.
    pub to: String,
    /// What changed, the gravest first.
    pub findings: Vec<Finding>,
    /// How many operations of the slice the older document has.
    pub kept_before: usize,
    /// How many operations the newer document has outside the slice.
    pub outside: usize,
    /// How many the older one had, if that is known: a trimmed document does not tell.
    pub outside_before: Option<usize>,
    /// Operations that the slice names and neither document has.
    pub unknown: Vec<OperationKey>,
}

impl Report {
    /// The effects of all findings together.
    pub fn effects(&self) -> Effects {
        self.findings
            .iter()
            .fold(Effects::NONE, |all, finding| all | finding.effects)
    }
}
