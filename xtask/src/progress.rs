//! One line that tells the stage at work, where somebody watches.

use std::io::IsTerminal;

use indicatif::ProgressBar;

/// A line on standard error that is gone when the work is done; nothing when no terminal is
/// attached.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(if std::io::stderr().is_terminal() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        })
    }

    /// Shows what is being done now.
    pub(crate) fn show(&self, what: impl ToString) {
        self.0.set_message(what.to_string());
        self.0.tick();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
