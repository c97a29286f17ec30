//! Requests that are held in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Holds a request between reserving its idempotency key and its execution.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    has_arrived: AtomicBool,
    arrived: Notify,
    released: Notify,
}

impl Gate {
    pub(crate) async fn pass(&self) {
        self.has_arrived.store(true, Ordering::SeqCst);
        self.arrived.notify_one();
        self.released.notified().await;
    }

    pub(crate) fn has_arrived(&self) -> bool {
        self.has_arrived.load(Ordering::SeqCst)
    }
}

/// A request that is held, or will be. Dropping this releases it.
#[derive(Debug)]
pub struct Held {
    pub(crate) gate: Arc<Gate>,
}

impl Held {
    /// Waits until the request has arrived and is in flight.
    pub async fn arrived(&self) {
        self.gate.arrived.notified().await;
    }

    /// Lets the request continue.
    pub fn release(self) {}
}

impl Drop for Held {
    fn drop(&mut self) {
        self.gate.released.notify_one();
    }
}
