//! The result of a comparison.

use super::effects::Effects;
use super::finding::Finding;

/// What changed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The version of the committed document.
    pub from: String,
    /// The version of upstream's document.
    pub to: String,
    /// What changed, the gravest first.
    pub findings: Vec<Finding>,
    /// How many operations upstream's document has outside the slice.
    pub outside: usize,
    /// How many it had when the committed document was trimmed, if that is known.
    pub outside_before: Option<usize>,
}

impl Report {
    /// The effects of all findings together.
    pub fn effects(&self) -> Effects {
        self.findings
            .iter()
            .fold(Effects::NONE, |all, finding| all | finding.effects)
    }
}
