//! Why the sources of a crate cannot be read.

use std::fmt;
use std::path::Path;

/// A source file that cannot be read, parsed or found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    file: String,
    line: Option<usize>,
    problem: String,
}

impl Error {
    pub(crate) fn of(file: impl AsRef<Path>, problem: impl fmt::Display) -> Self {
        Self {
            file: file.as_ref().display().to_string(),
            line: None,
            problem: problem.to_string(),
        }
    }

    pub(crate) fn at(self, line: usize) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}", self.problem)
    }
}

impl std::error::Error for Error {}
