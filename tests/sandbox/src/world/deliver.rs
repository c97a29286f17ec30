//! Delivering events until the sandbox stops.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use crate::system::clock;
use crate::webhooks::Sender;

/// How often a running clock is looked at.
const TICK: Duration = Duration::from_secs(1);

/// Delivers events until the sandbox stops.
pub(crate) async fn run(shared: Arc<Shared>, sender: Sender) {
    // Deliveries end with the sandbox.
    let mut deliveries = tokio::task::JoinSet::new();
    loop {
        let ticks = shared.world().clock.runs();
        tokio::select! {
            () = shared.stirred.notified() => {}
            // With a running clock, tasks become due on their own.
            () = clock::wait(TICK), if ticks => {}
        }
        advance(&shared).await;
        let waiting = {
            let mut world = shared.world();
            world.dispatch();
            world.webhooks.waiting(world.clock.now())
        };
        for endpoint in waiting {
            deliveries.spawn(deliver_to(Arc::clone(&shared), sender.clone(), endpoint));
        }
        while deliveries.try_join_next().is_some() {}
        shared.settled.notify_waiters();
    }
}

/// Runs what has become due. Others have their turn meanwhile.
async fn advance(shared: &Shared) {
    let until = shared.world().clock.now();
    while !shared.world().advance_towards(until) {
        tokio::task::yield_now().await;
    }
}

/// Delivers what is due to an endpoint, one after the other.
async fn deliver_to(shared: Arc<Shared>, sender: Sender, endpoint: String) {
    loop {
        let parcel = {
            let mut world = shared.world();
            let now = world.clock.now();
            world.webhooks.take(&endpoint, now)
        };
        let Some(parcel) = parcel else { break };
        let status = sender.post(&parcel).await;
        let delivered = {
            let mut world = shared.world();
            let settings = Arc::clone(&world.settings);
            let waits = &settings.webhook_retry_seconds;
            world.webhooks.settle(&endpoint, status, waits)
        };
        if let (Some(tell), Some(delivered)) = (&shared.on_delivery, delivered) {
            tell(&delivered);
        }
    }
    shared.settled.notify_waiters();
}

/// Returns when everything that is due was delivered.
pub(crate) async fn until_settled(shared: &Shared) {
    loop {
        let mut settled = pin!(shared.settled.notified());
        // From here on no notice is missed.
        settled.as_mut().enable();
        {
            let world = shared.world();
            if world.outbox.is_empty() && world.webhooks.is_idle(world.clock.now()) {
                return;
            }
        }
        shared.stirred.notify_one();
        settled.await;
    }
}
