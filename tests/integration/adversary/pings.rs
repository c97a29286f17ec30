//! Pings: a connection that falls silent is given up also when nobody uses it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use stripe_financial_connections::{Client, SecretKey};
use tokio::runtime::Builder;

use super::act::Act;
use super::call::Call;
use super::certificate::is_child;
use super::scenario::Stage;
use super::server::Protocol;
use super::world::turns;

#[test]
fn a_silent_connection_is_given_up_while_it_is_idle() {
    if !is_child("pings::a_silent_connection_is_given_up_while_it_is_idle") {
        return;
    }
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        // As long as anything runs, time stands still unless it is set forward.
        let runs = Arc::new(AtomicBool::new(true));
        let busy = Arc::clone(&runs);
        tokio::spawn(async move {
            while busy.load(Ordering::Relaxed) {
                turns(1).await;
            }
        });
        let stage = Stage::new(Protocol::Http2, []).await;
        let client = Client::builder(SecretKey::new("sk_test_adversary").unwrap())
            .base_url(stage.url())
            .max_retries(0)
            .build()
            .unwrap();
        let retrieve = |account: &str| Call::Retrieve.make(client.clone(), account.to_owned());
        stage.drive(retrieve("fca_1")).await.unwrap();
        assert_eq!(stage.world.open(), 1);
        // A request on which the connection falls silent, and which its caller gives up.
        stage.world.play([Act::Silent { executed: false }]);
        let silenced = tokio::spawn(retrieve("fca_2"));
        turns(2_000).await;
        silenced.abort();
        let _ = silenced.await;
        for _ in 0..31 {
            tokio::time::advance(Duration::from_secs(1)).await;
            turns(100).await;
        }
        assert_eq!(stage.world.open(), 0, "the silent connection is still open");
        stage.drive(retrieve("fca_3")).await.unwrap();
        runs.store(false, Ordering::Relaxed);
    });
}

/// The row of findings as it was seen: one success, and then nothing but failures. Here the pool is
/// replaced, as no ping is due.
#[test]
fn a_silent_connection_fails_one_attempt() {
    if !is_child("pings::a_silent_connection_fails_one_attempt") {
        return;
    }
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for protocol in [Protocol::Http1, Protocol::Http2] {
            let stage = Stage::new(protocol, [Act::Answer]).await;
            let disconnect = |number: usize| {
                Call::Disconnect.make(stage.client.clone(), format!("fca_{number}"))
            };
            stage.drive(disconnect(0)).await.unwrap();
            stage.world.play([Act::Silent { executed: false }]);
            let before = stage.world.clock.passed();
            stage.drive(disconnect(1)).await.unwrap();
            // One attempt has timed out, and its retry was on a new connection.
            let passed = stage.world.clock.passed() - before;
            assert!((80..100).contains(&passed.as_secs()), "{passed:?}");
            for number in 2..10 {
                let before = stage.world.clock.passed();
                stage.drive(disconnect(number)).await.unwrap();
                assert_eq!(stage.world.clock.passed(), before, "{protocol:?} {number}");
            }
        }
    });
}
