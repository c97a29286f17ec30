//! What a slice names and a document lacks.

use std::collections::BTreeSet;

use crate::error::{Error, Result, Stage};
use crate::pointer::Pointer;
use crate::slice::OperationKey;

/// What a slice names and a document lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gaps {
    /// Operations that the document does not have.
    pub(crate) operations: BTreeSet<OperationKey>,
    /// Event types that the document does not have, if it tells its event types.
    pub(crate) events: BTreeSet<String>,
    /// Where the document tells them.
    pub(crate) events_at: Pointer,
    /// Cuts that cut nothing.
    pub(crate) cuts: BTreeSet<String>,
    /// What is wrong with the first expansion that leads where no other reference does.
    pub(crate) expansion: Option<Error>,
}

impl Gaps {
    /// Refuses the first of them.
    pub(super) fn refuse(&self) -> Result<()> {
        if let Some(expansion) = &self.expansion {
            return Err(expansion.clone());
        }
        if let Some(key) = self.operations.first() {
            return Err(Error::new(
                Stage::Trim,
                key.pointer(),
                format!("the slice file keeps {key}, which the document does not have"),
                "correct the entry in the slice file, or remove it",
            ));
        }
        if let Some(event) = self.events.first() {
            return Err(Error::new(
                Stage::Trim,
                &self.events_at,
                format!(
                    "the slice file lists the event type `{event}`, which the document does not have"
                ),
                "correct the entry under `events` in the slice file, or remove it",
            ));
        }
        if let Some(name) = self.cuts.first() {
            return Err(Error::new(
                Stage::Trim,
                ["components", "schemas", name],
                format!("the slice file cuts at `{name}`, to which nothing that is kept refers"),
                "correct the entry under `cut` in the slice file, or remove it",
            ));
        }
        Ok(())
    }
}
