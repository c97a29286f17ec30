//! What is wrong with an input, where, and what mends it.

use std::fmt;

use crate::pointer::Pointer;

/// A refused input. Every stage fails with this type, and nothing has been written when it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    stage: Stage,
    at: Pointer,
    problem: String,
    mend: String,
}

/// The result of a stage.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The stages in the order in which a document passes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading text as an OpenAPI document.
    Parse,
    /// Reading `slice.toml`.
    Slice,
    /// Keeping what the slice names and what that reaches.
    Trim,
    /// Adding our documentation and marks.
    Overlay,
    /// Rewriting what the generator cannot express.
    Normalise,
    /// Checking that the generator will understand every place.
    Verify,
    /// Running progenitor.
    Generate,
    /// Putting the crate together from progenitor's decisions.
    Model,
    /// Printing the crate.
    Emit,
    /// Comparing two documents.
    Drift,
}

impl Error {
    /// An error of `stage` at the place `at` of its input.
    pub fn new(
        stage: Stage,
        at: impl Into<Pointer>,
        problem: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            stage,
            at: at.into(),
            problem: problem.into(),
            mend: mend.into(),
        }
    }

    /// The stage that refused its input.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The place in the stage's input, as a JSON pointer; the root when the whole input is meant.
    pub fn pointer(&self) -> &Pointer {
        &self.at
    }

    /// What is wrong there.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// What to do about it.
    pub fn mend(&self) -> &str {
        &self.mend
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}\n    at: #{}\n  mend: {}",
            self.stage, self.problem, self.at, self.mend
        )
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parse => "parse",
            Self::Slice => "slice",
            Self::Trim => "trim",
            Self::Overlay => "overlay",
            Self::Normalise => "normalise",
            Self::Verify => "verify",
            Self::Generate => "generate",
            Self::Model => "model",
            Self::Emit => "emit",
            Self::Drift => "drift",
        })
    }
}
