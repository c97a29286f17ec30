//! The error of this stage.

use crate::{Error, Pointer, Stage};

/// The text for a file is not Rust.
pub(super) fn refused(problem: impl Into<String>) -> Error {
    Error::new(
        Stage::Emit,
        Pointer::root(),
        problem,
        "report it with the document; leave operations out of the slice until it passes",
    )
}
