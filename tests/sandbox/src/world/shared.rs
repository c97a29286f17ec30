//! What the threads of one sandbox share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::state::World;
use crate::traffic::OnRequest;

/// What the threads of one sandbox share.
pub(crate) struct Shared {
    world: Mutex<World>,
    /// Notified when there may be something to deliver.
    pub(crate) stirred: Notify,
    /// Held while events are delivered.
    pub(crate) delivering: tokio::sync::Mutex<()>,
    /// Called with every request once its response is ready.
    pub(crate) on_request: Option<OnRequest>,
}

impl Shared {
    pub(crate) fn new(world: World, on_request: Option<OnRequest>) -> Self {
        Self {
            world: Mutex::new(world),
            stirred: Notify::new(),
            delivering: tokio::sync::Mutex::new(()),
            on_request,
        }
    }

    /// The state. A panic while the lock was held is recorded as a violation, and the state is used
    /// as it is.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
