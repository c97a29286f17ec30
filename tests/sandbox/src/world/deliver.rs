//! Delivering events until the sandbox stops.

use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use crate::system::clock;
use crate::webhooks::post;

/// Timeout of a delivery.
const PATIENCE: Duration = Duration::from_secs(10);

/// Delivers events until the sandbox stops.
pub(crate) async fn run(shared: Arc<Shared>) {
    let ticks = shared.world().clock.runs();
    loop {
        if ticks {
            // With a running clock, tasks become due on their own.
            tokio::select! {
                () = shared.stirred.notified() => {}
                () = clock::wait(Duration::from_secs(1)) => {}
            }
            shared.world().settle();
        } else {
            shared.stirred.notified().await;
        }
        deliver_due(&shared).await;
    }
}

/// Delivers everything that is due, and returns when nothing is.
pub(crate) async fn deliver_due(shared: &Shared) {
    // One run at a time: a caller that waits for all deliveries must not miss one in flight.
    let _turn = shared.delivering.lock().await;
    loop {
        let parcel = {
            let mut world = shared.world();
            world.dispatch();
            world.take_delivery()
        };
        let Some(parcel) = parcel else { return };
        let status = match tokio::time::timeout(PATIENCE, post(&parcel)).await {
            Ok(Ok(status)) => Some(status),
            // No response, for whatever reason, is no acknowledgement.
            Ok(Err(_)) | Err(_) => None,
        };
        shared.world().settle_delivery(parcel, status);
    }
}
