//! Delivering events for as long as the sandbox runs.

use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use crate::system::clock;
use crate::webhooks::post;

/// How long an endpoint may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Delivers whatever there is to deliver, for as long as the sandbox runs.
pub(crate) async fn run(shared: Arc<Shared>) {
    let ticks = shared.world().clock.runs();
    loop {
        if ticks {
            // A clock that runs makes things due by itself.
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
    // One at a time, so that who waits for the end of all deliveries does not miss one under way.
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
            // No answer, for whatever reason, is no acknowledgement.
            Ok(Err(_)) | Err(_) => None,
        };
        shared.world().settle_delivery(parcel, status);
    }
}
