//! What a command leaves behind: its words on the terminal and its exit code.

use std::io::Write;
use std::process::ExitCode;

/// How a command ended, short of an error of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// What was asked for is done or holds.
    Done,
    /// A check found a difference, or a step failed.
    Different,
    /// Upstream's document breaks users.
    Breaking,
    /// The input was refused.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Different => Self::from(1),
            Outcome::Breaking => Self::from(2),
            Outcome::Refused => Self::from(3),
        }
    }
}

/// Prints a text as it is. A reader who has left early is no error.
pub(crate) fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Prints a line to standard output.
pub(crate) fn say(line: impl AsRef<str>) {
    print(&format!("{}\n", line.as_ref()));
}

/// Prints to standard error.
pub(crate) fn warn(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.as_ref());
}

/// Prints an error with what led to it.
pub(crate) fn failure(error: &anyhow::Error) -> Outcome {
    warn(format!("error: {error:#}"));
    Outcome::Refused
}
