//! What the threads of one sandbox share.

use std::sync::Arc;

use indexmap::IndexMap;
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;

use super::state::World;
use crate::api::Operation;
use crate::settings::Settings;
use crate::system::Random;
use crate::traffic::{Held, Log, OnRequest};
use crate::webhooks::OnDelivery;

/// How many of its own mistakes a sandbox remembers.
const VIOLATIONS: usize = 100;

/// What the threads of one sandbox share.
///
/// The world's lock is held while data changes and for nothing else: requests are parsed and logged,
/// and responses checked and serialised, outside of it.
pub(crate) struct Shared {
    world: Mutex<World>,
    log: Mutex<Log>,
    /// Request ids have a separate sequence, so that requests do not change generated data.
    request_ids: Mutex<Random>,
    violations: Mutex<Vec<String>>,
    /// The state that a reset comes back to.
    pub(crate) initial: Mutex<World>,
    /// Snapshots of the control surface, by id, and requests that it holds.
    pub(crate) snapshots: Mutex<IndexMap<String, World>>,
    pub(crate) holds: Mutex<IndexMap<String, (Operation, Held)>>,
    /// Notified when there may be something to deliver.
    pub(crate) stirred: Notify,
    /// Notified when there may be nothing left to deliver.
    pub(crate) settled: Notify,
    /// Called with every request once its response is ready.
    pub(crate) on_request: Option<OnRequest>,
    /// Called with every delivery.
    pub(crate) on_delivery: Option<OnDelivery>,
}

impl Shared {
    pub(crate) fn new(
        world: World,
        seed: u64,
        on_request: Option<OnRequest>,
        on_delivery: Option<OnDelivery>,
    ) -> Self {
        Self {
            initial: Mutex::new(world.clone()),
            snapshots: Mutex::default(),
            holds: Mutex::default(),
            world: Mutex::new(world),
            log: Mutex::default(),
            request_ids: Mutex::new(Random::new(seed ^ 0x5eed)),
            violations: Mutex::default(),
            stirred: Notify::new(),
            settled: Notify::new(),
            on_request,
            on_delivery,
        }
    }

    /// The state. Whoever holds it for long bumps the guard, so that others have their turn.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock()
    }

    /// The settings as they are now.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.world().settings)
    }

    /// The log. The world's lock is not taken while this is held.
    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock()
    }

    pub(crate) fn request_id(&self) -> String {
        self.request_ids.lock().id("req_", 14)
    }

    /// Remembers a mistake of the sandbox itself.
    pub(crate) fn violated(&self, violation: String) {
        let mut violations = self.violations.lock();
        if violations.len() < VIOLATIONS {
            violations.push(violation);
        }
    }

    pub(crate) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.violations.lock())
    }
}
