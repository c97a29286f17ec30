//! What changed between two documents for the users of a slice, and what each change means for them.
//!
//! Both are cut down to the slice and compared by what they mean: `effective` says what holds for an
//! operation wherever it is written, `view` what a schema says, `alike` whether two say the same.

mod alike;
mod beside;
mod comparison;
mod content;
mod describe;
mod document;
mod effective;
mod effects;
mod enums;
mod finding;
mod findings;
mod forms;
mod limits;
mod meaning;
mod operation;
mod page;
mod parameters;
mod place;
mod properties;
mod reach;
mod references;
mod render;
mod report;
mod schema;
mod side;
mod view;

use serde_json::Value;

use crate::error::Result;
use crate::slice::Slice;
use comparison::Comparison;
use side::Side;

pub use effects::{Bump, Effects};
pub use finding::{Change, Direction, Finding, What, Whole};
pub use report::Report;

/// Compares two documents as a slice has them. Either may be whole or trimmed already.
///
/// An operation that one of them lacks is a finding, not an error.
///
/// # Errors
///
/// When one of them cannot be trimmed at all, when a pattern of the slice matches no path of either,
/// or when neither has any operation of the slice.
pub fn drift(base: &Value, upstream: &Value, slice: &Slice) -> Result<Report> {
    let [before, after] = Side::both([base, upstream], slice)?;
    let mut comparison = Comparison::of(&before, &after);
    comparison.root();
    let near = comparison.operations(upstream);
    comparison.components();
    comparison.finish();
    comparison.events();
    comparison.neighbours(near);
    comparison.idle_cuts();
    Ok(Report {
        from: before.version(),
        to: after.version(),
        findings: comparison.found.sorted(),
        kept_before: before.report.operations.len(),
        outside: after.report.left_out,
        outside_before: (before.report.left_out > 0).then_some(before.report.left_out),
        unknown: side::unknown([&before, &after]),
    })
}
