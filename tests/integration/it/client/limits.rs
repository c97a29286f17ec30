//! The limits that a client keeps to, in injected time; how they are shared, and what a refusal does.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use stripe_client_runtime as runtime;
use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, ClientBuilder, Method, SecretKey};
use tokio::task::JoinSet;

use crate::support::script_server::{Cut, Reply, ScriptServer, TestClock, settle};

/// A server that writes down when each request came.
async fn server(
    reply: impl Fn(usize) -> Reply + Send + 'static,
) -> (ScriptServer, Arc<Mutex<Vec<Duration>>>) {
    let times = Arc::new(Mutex::new(Vec::new()));
    let clock = Arc::new(OnceLock::<TestClock>::new());
    let (log, of) = (Arc::clone(&times), Arc::clone(&clock));
    let server = ScriptServer::play(move |number, _| {
        log.lock().unwrap().push(of.get().unwrap().passed());
        reply(number)
    })
    .await;
    clock.set(server.clock()).unwrap();
    (server, times)
}

fn account(_: usize) -> Reply {
    Reply::account("fca_1")
}

#[track_caller]
fn spread(times: &Mutex<Vec<Duration>>, count: usize, apart: Duration) {
    let times = times.lock().unwrap();
    assert_eq!(times.len(), count);
    for pair in times.windows(2) {
        let between = pair[1].checked_sub(pair[0]).unwrap();
        assert!(between + Duration::from_micros(10) >= apart, "{times:?}");
    }
}

#[tokio::test]
async fn requests_begin_evenly_spread() {
    let (server, times) = server(account).await;
    let client = server.builder().requests_per_second(10).build().unwrap();
    for _ in 0..20 {
        client.accounts().retrieve("fca_1").await.unwrap();
    }
    spread(&times, 20, Duration::from_millis(100));
    assert!(server.clock().passed() < Duration::from_secs(2));
}

/// One limit for clones, for the clients of other crates, for raw requests, pages, and the polls of a wait.
#[tokio::test]
async fn the_limit_is_one_for_all_that_share_the_client() {
    let (server, times) = server(|number| match number {
        0..3 => Reply::page([number.to_string()], number < 2),
        _ => Reply::account("fca_1"),
    })
    .await;
    let client = server.builder().requests_per_second(10).build().unwrap();
    let harbour: stripe_second_slice::Client = client.share();
    let core = runtime::Client::from(client.clone());
    client
        .accounts()
        .list()
        .stream()
        .try_collect()
        .await
        .unwrap();
    let mut all = JoinSet::new();
    for _ in 0..3 {
        let (client, harbour, core) = (client.clone(), harbour.clone(), core.clone());
        all.spawn(async move { client.accounts().retrieve("fca_1").await.map(drop) });
        all.spawn(async move { harbour.raw(Method::Get, "/v1/x").await.map(drop) });
        all.spawn(async move { core.raw(Method::Post, "/v1/x").await.map(drop) });
    }
    while let Some(one) = all.join_next().await {
        one.unwrap().unwrap();
    }
    // Time passes as soon as it is waited for, and the server sees it late; each wait but the first counts.
    assert_eq!(times.lock().unwrap().len(), 12);
    let pauses = server.clock().pauses();
    let whole = |it: &Duration| it.as_micros().abs_diff(100_000) < 10;
    assert!(pauses.len() == 11 && pauses.iter().all(whole), "{pauses:?}");
}

#[test]
fn blocking_requests_share_the_rate() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (server, times) = runtime.block_on(server(account));
    let client = server.builder().requests_per_second(10).build().unwrap();
    for _ in 0..3 {
        client.accounts().retrieve("fca_1").send_blocking().unwrap();
        runtime
            .block_on(client.accounts().retrieve("fca_1").send())
            .unwrap();
    }
    spread(&times, 6, Duration::from_millis(100));
}

/// However many are begun, and whatever becomes of them.
#[tokio::test]
async fn no_more_are_under_way_than_allowed() {
    const MOST: usize = 3;
    let stuck = |number: usize| match number {
        0..MOST => Reply::account("fca_1").cut(Cut::Silent),
        _ => Reply::account("fca_1"),
    };
    let (server, _) = server(stuck).await;
    let client = server.builder().max_in_flight(MOST).build().unwrap();
    let begin = |client: &Client| tokio::spawn(client.accounts().retrieve("fca_1").send());
    let stuck: Vec<_> = (0..MOST).map(|_| begin(&client)).collect();
    assert!(settle(|| server.requests() == MOST).await);
    let dropped = begin(&client);
    let waiting: Vec<_> = (0..5).map(|_| begin(&client)).collect();
    settle(|| server.requests() > MOST).await;
    assert_eq!(server.requests(), MOST);
    // Those that are dropped make room: one that waits, and those that are under way.
    dropped.abort();
    stuck.iter().for_each(tokio::task::JoinHandle::abort);
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    assert_eq!(server.requests(), MOST + 5);
    assert!(dropped.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_refusal_lowers_the_rate_and_success_raises_it() {
    let refused = |number: usize| match number {
        20 => Reply::error(429, "invalid_request_error", Some("rate_limit")),
        21 => Reply::error(429, "invalid_request_error", Some("lock_timeout")),
        _ => Reply::account("fca_1"),
    };
    let (server, times) = server(refused).await;
    let client = server
        .builder()
        .requests_per_second(10)
        .max_retries(0)
        .build()
        .unwrap();
    for _ in 0..120 {
        let _ = client.accounts().retrieve("fca_1").await;
    }
    let times = times.lock().unwrap();
    let between = |number: usize| (times[number + 1] - times[number]).as_millis();
    assert_eq!(between(10), 100);
    assert!((140..=146).contains(&between(20)), "{}", between(20));
    // An object that is locked says nothing of the rate.
    assert!(between(21) < 150, "{}", between(21));
    assert_eq!(between(118), 100);
}

/// A request that finds no turn before its deadline was never sent.
#[tokio::test]
async fn waiting_counts_towards_the_deadline() {
    let (server, _) = server(|_| Reply::account("fca_1").cut(Cut::Silent)).await;
    let client = server.builder().max_in_flight(1).build().unwrap();
    let under_way = tokio::spawn(client.accounts().retrieve("fca_1").send());
    assert!(settle(|| server.requests() == 1).await);
    let refresh = client
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance]);
    let waiting = tokio::spawn(refresh.deadline(Duration::from_secs(10)).send());
    settle(|| waiting.is_finished()).await;
    assert!(!waiting.is_finished());
    server.clock().advance(Duration::from_secs(11));
    let error = waiting.await.unwrap().unwrap_err();
    assert!(error.is_timeout() && !error.maybe_executed(), "{error:?}");
    assert_eq!((error.attempts(), server.requests()), (0, 1));
    assert!(error.idempotency_key().is_some());
    under_way.abort();
    let _ = under_way.await;
    // The turn of the one that gave up is free again.
    let third = tokio::spawn(client.accounts().retrieve("fca_1").send());
    assert!(settle(|| server.requests() == 2).await);
    third.abort();
}

#[tokio::test]
async fn limits_that_let_nothing_through_are_refused() {
    let builder = || -> ClientBuilder { Client::builder(SecretKey::new("sk_test_1").unwrap()) };
    for client in [
        builder().max_in_flight(0).build(),
        builder().requests_per_second(0).build(),
        builder().requests_per_second(-1).build(),
        builder().requests_per_second(f64::NAN).build(),
        builder().requests_per_second(f64::INFINITY).build(),
        builder().requests_per_second(f64::NEG_INFINITY).build(),
    ] {
        assert!(client.unwrap_err().is_usage());
    }
    assert!(
        builder()
            .requests_per_second(0.1)
            .max_in_flight(usize::MAX)
            .build()
            .is_ok()
    );
}
