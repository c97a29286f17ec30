//! Snapshots by id.

use super::handle::Control;
use super::state::Snapshot;
use crate::errors::{ControlError, ControlResult};
use crate::limits::SNAPSHOTS;

impl Control {
    pub(super) fn snapshot_ids(&self) -> Vec<String> {
        self.shared.snapshots.lock().keys().cloned().collect()
    }

    /// Keeps a snapshot, and gives its id.
    pub(super) fn keep_snapshot(&self) -> ControlResult<String> {
        let mut kept = self.shared.snapshots.lock();
        if kept.len() >= SNAPSHOTS {
            return Err(ControlError::new(format!(
                "{SNAPSHOTS} snapshots are kept; drop one first"
            )));
        }
        let id = self.shared.world().random_id("snapshot_");
        kept.insert(id.clone(), self.snapshot().into_world());
        Ok(id)
    }

    pub(super) fn restore_snapshot(&self, id: &str) -> ControlResult<()> {
        let kept = self.shared.snapshots.lock();
        let world = kept.get(id).ok_or_else(|| unknown(id))?;
        self.restore(&Snapshot::from_world(world.clone()));
        Ok(())
    }

    pub(super) fn drop_snapshot(&self, id: &str) -> ControlResult<()> {
        let dropped = self.shared.snapshots.lock().shift_remove(id);
        dropped.map(drop).ok_or_else(|| unknown(id))
    }
}

fn unknown(id: &str) -> ControlError {
    ControlError::new(format!("there is no snapshot {id}"))
}
