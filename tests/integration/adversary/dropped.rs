//! Calls that are dropped: at every point at which they wait.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use stripe_financial_connections::{Client, Clock, SecretKey, Wait};
use tokio::runtime::Builder;

use super::act::{self, Act};
use super::call::{self, Call};
use super::certificate::is_child;
use super::scenario::Stage;
use super::server::Protocol;
use super::world::turns;

/// How many turns a call is not woken that waits for nothing but the clock.
const PATIENCE: usize = 400;

/// What has become of a call that is dropped after so many polls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dropped {
    Early,
    /// It was polled less often, as nothing woke it any more.
    Waiting,
    /// It ended before.
    Late,
}

/// Polls a call so often, each time when it is woken, and drops it.
async fn drop_after(polls: usize, call: impl Future + Send + 'static) -> Dropped {
    let mut call: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(call);
    let mut left = polls;
    let mut patience = PATIENCE;
    let task = poll_fn(move |context| {
        if call.as_mut().poll(context).is_ready() {
            return Poll::Ready(Dropped::Late);
        }
        left = left.saturating_sub(1);
        match left {
            0 => Poll::Ready(Dropped::Early),
            _ => Poll::Pending,
        }
    });
    let task = tokio::spawn(task);
    while !task.is_finished() && patience > 0 {
        turns(1).await;
        patience -= 1;
    }
    task.abort();
    task.await.unwrap_or(Dropped::Waiting)
}

#[test]
fn a_call_that_is_dropped_leaves_the_pool_right() {
    if !is_child("dropped::a_call_that_is_dropped_leaves_the_pool_right") {
        return;
    }
    let acts = act::all().into_iter();
    // Codes differ in nothing that matters here.
    let acts: Vec<_> = acts
        .filter(|act| !matches!(act, Act::ResetStream { code: 3.., .. }))
        .collect();
    for protocol in [Protocol::Http1, Protocol::Http2] {
        for call in call::ALL {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(drop_everywhere(protocol, call, &acts));
        }
    }
}

async fn drop_everywhere(protocol: Protocol, call: Call, acts: &[Act]) {
    for act in acts {
        let stage = Stage::new(protocol, []).await;
        for polls in 1.. {
            stage.world.play([*act]);
            let account = format!("fca_{polls}");
            let dropped = drop_after(polls, call.make(stage.client.clone(), account.clone())).await;
            if let Some(path) = call.post(&account) {
                assert!(stage.world.effects(&path) <= 1, "{act:?}");
            }
            if dropped != Dropped::Early {
                break;
            }
        }
        stage.recovers().await;
        // Those that were dropped have left no connection behind that nobody uses.
        for _ in 0..20_000 {
            if stage.world.open() <= 2 {
                break;
            }
            turns(1).await;
        }
        let open = stage.world.open();
        assert!(
            open <= 2,
            "{protocol:?} {call:?} {act:?}: {open} connections are open"
        );
    }
}

/// A clock by which no pause ends.
#[derive(Debug)]
struct Stuck(super::clock::TestClock);

impl Clock for Stuck {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn system_time(&self) -> SystemTime {
        self.0.system_time()
    }

    fn sleep(&self, _: Duration) -> Wait {
        Box::pin(std::future::pending())
    }

    fn until(&self, instant: Instant) -> Wait {
        self.0.until(instant)
    }
}

#[test]
fn a_call_that_is_dropped_leaves_the_budget_right() {
    if !is_child("dropped::a_call_that_is_dropped_leaves_the_budget_right") {
        return;
    }
    let failure = Act::Status {
        status: 503,
        executed: false,
    };
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let stage = Stage::new(protocol, []).await;
            let client = Client::builder(SecretKey::new("sk_test_adversary").unwrap())
                .base_url(stage.url())
                .clock(Stuck(stage.world.clock.clone()))
                .retry_budget(1)
                .build()
                .unwrap();
            for polls in 1..30 {
                stage.world.play([failure]);
                let call = Call::Disconnect.make(client.clone(), format!("fca_{polls}"));
                let dropped = drop_after(polls, call).await;
                assert!(
                    dropped != Dropped::Late,
                    "the budget is empty after {polls} calls"
                );
            }
        });
    }
}
