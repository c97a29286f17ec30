//! Requests that are held, by id.

use super::handle::Control;
use crate::api::Operation;
use crate::errors::{ControlError, ControlResult};
use crate::limits::FAULTS;

impl Control {
    /// Holds the next request of an operation until it is released by the id that this gives.
    pub(super) fn hold_by_id(&self, operation: Operation) -> ControlResult<String> {
        if self.shared.holds.lock().len() >= FAULTS {
            return Err(ControlError::new(format!("{FAULTS} requests may be held")));
        }
        let id = self.shared.world().random_id("hold_");
        let held = self.hold(operation);
        self.shared
            .holds
            .lock()
            .insert(id.clone(), (operation, held));
        Ok(id)
    }

    /// The holds: their ids and operations, and whether their request has arrived.
    pub(super) fn held(&self) -> Vec<(String, Operation, bool)> {
        let holds = self.shared.holds.lock();
        let holds = holds.iter();
        holds
            .map(|(id, (operation, held))| (id.clone(), *operation, held.gate.has_arrived()))
            .collect()
    }

    /// Releases a request. One that has not arrived will not be held.
    pub(super) fn release(&self, id: &str) -> ControlResult<()> {
        let released = self.shared.holds.lock().shift_remove(id);
        match released {
            Some(_) => Ok(()),
            None => Err(ControlError::new(format!("nothing is held as {id}"))),
        }
    }
}
