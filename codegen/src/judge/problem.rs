//! What cannot be expressed, where, and what to do.

use crate::pointer::Pointer;

/// Something that cannot be expressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where it is in the document.
    pub(crate) at: Pointer,
    /// What it is.
    pub(crate) reason: String,
    /// What the user of a slice can do.
    pub(crate) help: String,
}

impl Problem {
    pub(super) fn new(at: Pointer, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            at,
            reason: reason.into(),
            help: help.into(),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (at #{}); help: {}", self.reason, self.at, self.help)
    }
}

/// What to do about an operation that has no form here.
pub(super) const LEAVE_OUT: &str = "leave the operation out, or send it with `client.raw(…)`";
