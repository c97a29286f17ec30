//! The error of this pass.

use crate::{Error, Pointer, Stage};

/// Progenitor's output differs at `at` from what this pass reads.
pub(super) fn refused(at: &Pointer, problem: impl Into<String>) -> Error {
    Error::new(
        Stage::Postprocess,
        at,
        problem,
        "progenitor's output has another shape than this pass expects: teach codegen/src/postprocess",
    )
}
