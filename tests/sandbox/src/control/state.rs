//! Settings, and the whole state: reset, kept and restored.

use std::sync::Arc;

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::settings::Settings;
use crate::world::{Saved, World};

/// The whole state of a sandbox at one time. It takes little memory: what does not change is shared.
#[derive(Clone)]
pub struct Snapshot(World);

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Snapshot").finish_non_exhaustive()
    }
}

impl Snapshot {
    pub(super) fn into_world(self) -> World {
        self.0
    }

    pub(super) const fn from_world(world: World) -> Self {
        Self(world)
    }
}

impl Control {
    /// The settings.
    #[must_use]
    pub fn settings(&self) -> Settings {
        (*self.shared.settings()).clone()
    }

    /// Changes settings, for the requests to come.
    ///
    /// # Errors
    ///
    /// When a value is out of its range. Then nothing changes.
    pub fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> ControlResult<()> {
        let mut settings = self.settings();
        change(&mut settings);
        self.set_settings(settings)
    }

    pub(super) fn set_settings(&self, settings: Settings) -> ControlResult<()> {
        settings.check()?;
        self.shared.world().settings = Arc::new(settings);
        Ok(())
    }

    /// The whole state, as it is now: objects, events, settings, keys, the clock, pending faults,
    /// webhook endpoints and what is kept under idempotency keys. The log of requests is no part of
    /// it.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.shared.world().snapshot())
    }

    /// Goes back to a state.
    pub fn restore(&self, snapshot: &Snapshot) {
        let world = snapshot.0.clone();
        // The old state is dropped once the lock is released.
        let _old = std::mem::replace(&mut *self.shared.world(), world);
        self.shared.stirred.notify_one();
    }

    /// The whole state as JSON, for a file: everything but pending faults and deliveries, what is
    /// kept under idempotency keys, and the log of requests.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON, which is a mistake of the sandbox.
    pub fn save(&self) -> ControlResult<String> {
        let saved = self.snapshot().0.into_saved();
        serde_json::to_string(&saved)
            .map_err(|error| ControlError::new(format!("the state cannot be written: {error}")))
    }

    /// Goes to the state that [`Control::save`] gave.
    ///
    /// # Errors
    ///
    /// When it is not a state, or a damaged one. Then nothing changes.
    pub fn load(&self, state: &str) -> ControlResult<()> {
        let saved: Saved = serde_json::from_str(state)
            .map_err(|error| ControlError::new(format!("the state cannot be read: {error}")))?;
        self.restore(&Snapshot(World::from_saved(saved)?));
        Ok(())
    }

    /// Goes back to the state at the start, and clears the log of requests.
    pub fn reset(&self) {
        let initial = Snapshot(self.shared.initial.lock().clone());
        self.restore(&initial);
        self.clear_requests();
    }

    /// Makes the state as it is now the one that a reset goes back to.
    pub fn make_initial(&self) {
        let snapshot = self.snapshot();
        *self.shared.initial.lock() = snapshot.0;
    }
}
