//! What changed between the committed document and what a fresh trim of upstream's would give, and
//! what each change means for users of the client.

mod comparison;
mod document;
mod effects;
mod finding;
mod limits;
mod operation;
mod page;
mod parameters;
mod properties;
mod reach;
mod render;
mod report;
mod schema;
mod view;

use serde_json::Value;

use crate::error::Result;
use crate::slice::Slice;
use crate::trim::{Neighbours, Trimmed, trim_leniently};
use comparison::Comparison;

pub use effects::{Bump, Effects};
pub use finding::{Change, Direction, Finding, What};
pub use report::Report;

/// Compares the committed trimmed document with upstream's.
///
/// An operation that upstream no longer has is a finding, not an error.
///
/// # Errors
///
/// When upstream's document cannot be trimmed at all.
pub fn drift(ours: &Value, upstream: &Value, slice: &Slice) -> Result<Report> {
    let (
        Trimmed {
            document: theirs,
            report,
        },
        gaps,
    ) = trim_leniently(upstream, slice)?;
    let mut comparison = Comparison::of(ours, &theirs, slice);
    comparison.root();
    let near = comparison.operations(upstream, report.near.clone());
    comparison.components();
    comparison.events(&gaps);
    comparison.spelling();
    comparison.neighbours(Neighbours {
        operations: near,
        events: report.near_events,
    });
    comparison.idle_cuts(&gaps);
    let version = |document: &Value| {
        document
            .pointer("/info/version")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Ok(Report {
        from: version(ours),
        to: version(&theirs),
        findings: comparison.found.sorted(),
        outside: report.left_out,
        outside_before: None,
    })
}
