//! The error of a result that this does not read.

use crate::{Error, Pointer, Stage};

/// What progenitor made has another form than this reads.
pub(super) fn refused(problem: impl Into<String>) -> Error {
    Error::new(
        Stage::Generate,
        Pointer::root(),
        problem,
        "the generator and codegen/src/engine do not fit together: report it with the document",
    )
}
