//! When a request is sent again, after how long, and when it is given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use stripe_financial_connections::{Client, Error, Method, Random};

use crate::support::script_server::{Cut, Reply, ScriptServer, settle};

/// Randomness that always draws the longest pause.
#[derive(Debug)]
struct Longest;

impl Random for Longest {
    fn bytes(&self) -> [u8; 16] {
        [0xff; 16]
    }
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const fn milliseconds(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn failed() -> Reply {
    Reply::error(500, "api_error", None)
}

async fn disconnect(client: &Client) -> Result<u32, Error> {
    client
        .accounts()
        .disconnect("fca_1")
        .await
        .map(|account| account.attempts())
}

#[tokio::test]
async fn a_fault_that_passes_is_not_noticed() {
    let faults = [
        failed(),
        Reply::html(503),
        Reply::error(409, "invalid_request_error", None),
        Reply::error(429, "invalid_request_error", Some("rate_limit")),
        Reply::account("fca_1").cut(Cut::BeforeAnswer),
        Reply::account("fca_1").cut(Cut::WithinHead),
        Reply::account("fca_1").cut(Cut::BeforeBody),
        Reply::account("fca_1").cut(Cut::WithinBody),
        Reply::account("fca_1").late(seconds(80)),
    ];
    for fault in faults {
        let server = ScriptServer::replies([fault.clone(), Reply::account("fca_1")]).await;
        assert_eq!(disconnect(&server.client()).await.unwrap(), 2, "{fault:?}");
        // A GET as well as a POST.
        let server = ScriptServer::replies([fault.clone(), Reply::account("fca_1")]).await;
        let account = server.client().accounts().retrieve("fca_1").await.unwrap();
        assert_eq!((account.attempts(), server.requests()), (2, 2), "{fault:?}");
    }
}

#[tokio::test]
async fn pauses_double_up_to_a_cap() {
    let server = ScriptServer::replies([failed()]).await;
    let client = server
        .builder()
        .random(Longest)
        .max_retries(6)
        .build()
        .unwrap();
    disconnect(&client).await.unwrap_err();
    let expected = [500, 1_000, 2_000, 4_000, 8_000, 8_000].map(milliseconds);
    assert_eq!(server.clock().pauses(), expected);
}

#[tokio::test]
async fn the_first_pause_has_jitter() {
    let server = ScriptServer::replies([failed()]).await;
    let client = server
        .builder()
        .max_retries(1)
        .retry_budget(1_000)
        .build()
        .unwrap();
    for _ in 0..100 {
        disconnect(&client).await.unwrap_err();
    }
    let pauses = server.clock().pauses();
    let below = |limit| {
        pauses
            .iter()
            .filter(|pause| **pause < milliseconds(limit))
            .count()
    };
    // Even over the whole range; one draw in a billion billion falls outside these bounds.
    assert!((10..=90).contains(&below(250)), "{pauses:?}");
    assert_eq!(below(501), 100);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let limited = || Reply::error(429, "invalid_request_error", Some("rate_limit"));
    for (value, expected) in [
        ("7", Some(seconds(7))),
        // The clock starts at 1,790,000,000 seconds.
        ("Mon, 21 Sep 2026 14:13:23 GMT", Some(seconds(3))),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(seconds(0))),
        ("soon", Some(seconds(0))),
        ("61", None),
    ] {
        let replies = [
            limited().header("Retry-After", value),
            Reply::account("fca_1"),
        ];
        let server = ScriptServer::replies(replies).await;
        let client = server.builder().random(Longest).build().unwrap();
        let answer = disconnect(&client).await;
        match expected {
            Some(asked) => {
                assert_eq!(answer.unwrap(), 2, "{value}");
                assert_eq!(
                    server.clock().pauses(),
                    [asked + milliseconds(500)],
                    "{value}"
                );
            }
            None => {
                let error = answer.unwrap_err();
                assert_eq!(
                    (error.attempts(), error.retry_after()),
                    (1, Some(seconds(61)))
                );
            }
        }
    }
}

#[tokio::test]
async fn retries_are_set_per_client_and_per_request() {
    let server = ScriptServer::replies([failed()]).await;
    let client = server.builder().max_retries(1).build().unwrap();
    assert_eq!(disconnect(&client).await.unwrap_err().attempts(), 2);
    let request = || client.accounts().disconnect("fca_1");
    assert_eq!(request().max_retries(0).await.unwrap_err().attempts(), 1);
    assert_eq!(request().max_retries(3).await.unwrap_err().attempts(), 4);
}

#[tokio::test]
async fn an_attempt_has_a_time_out() {
    let late = |time| Reply::account("fca_1").late(time);
    let server = ScriptServer::replies([late(milliseconds(79_999)), late(seconds(80))]).await;
    let client = server.builder().max_retries(0).build().unwrap();
    assert_eq!(disconnect(&client).await.unwrap(), 1);
    assert!(disconnect(&client).await.unwrap_err().is_timeout());

    let server = ScriptServer::replies([late(seconds(3))]).await;
    let client = server
        .builder()
        .timeout(seconds(2))
        .max_retries(0)
        .build()
        .unwrap();
    assert!(disconnect(&client).await.unwrap_err().is_timeout());
    let patient = client.accounts().disconnect("fca_1").timeout(seconds(4));
    assert!(patient.await.is_ok());
}

#[tokio::test]
async fn a_time_out_within_the_body_keeps_what_has_come() {
    // The rest of the body never comes, and the server sets the clock forward afterwards.
    let reply = Reply::account("fca_1")
        .cut(Cut::StuckInBody)
        .header("X-Kept", "yes");
    let stuck = ScriptServer::replies([reply]).await;
    let client = stuck.builder().max_retries(0).build().unwrap();
    let error = disconnect(&client).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(200), Some("req_scripted"))
    );
    assert_eq!(error.headers().get("x-kept").unwrap(), "yes");
    assert!(error.body().starts_with(b"{"));
}

#[tokio::test]
async fn all_attempts_together_have_a_deadline() {
    // Each attempt takes 3 seconds and then fails.
    let server = ScriptServer::replies([failed().late(seconds(3))]).await;
    let client = server
        .builder()
        .random(Longest)
        .max_retries(9)
        .deadline(seconds(12));
    let error = disconnect(&client.build().unwrap()).await.unwrap_err();
    // 3 + 0.5 + 3 + 1 + 3, and the next pause of 2 would end after the deadline: so at once.
    assert!(error.is_server_error());
    assert_eq!(
        (error.attempts(), server.clock().passed()),
        (3, milliseconds(10_500))
    );

    // An attempt that is under way is stopped by it.
    let server = ScriptServer::replies([Reply::account("fca_1").late(seconds(13))]).await;
    let client = server.builder().deadline(seconds(12)).build().unwrap();
    let error = disconnect(&client).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1);
    let request = client.accounts().disconnect("fca_1").deadline(seconds(14));
    assert!(request.await.is_ok());
}

#[tokio::test]
async fn an_outage_uses_up_the_retry_budget() {
    let outage = Arc::new(AtomicBool::new(true));
    let is_down = Arc::clone(&outage);
    let server = ScriptServer::play(move |_, _| {
        if is_down.load(Ordering::Relaxed) {
            failed()
        } else {
            Reply::account("fca_1")
        }
    })
    .await;
    let client = server.builder().retry_budget(5).build().unwrap();
    let mut attempts = Vec::new();
    for _ in 0..5 {
        attempts.push(disconnect(&client).await.unwrap_err().attempts());
    }
    assert_eq!(attempts, [3, 3, 2, 1, 1]);
    // Ten successes earn one retry.
    outage.store(false, Ordering::Relaxed);
    for _ in 0..10 {
        disconnect(&client).await.unwrap();
    }
    outage.store(true, Ordering::Relaxed);
    assert_eq!(disconnect(&client).await.unwrap_err().attempts(), 2);
    // Clones draw on the same budget.
    assert_eq!(disconnect(&client.clone()).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn dropping_a_request_stops_it() {
    let server = ScriptServer::replies([Reply::account("fca_1").cut(Cut::Silent)]).await;
    let client = server.client();
    let request = tokio::spawn(async move { disconnect(&client).await });
    assert!(settle(|| server.requests() == 1).await);
    request.abort();
    assert!(
        settle(|| server.ended() == 1).await,
        "the connection is still open"
    );
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn what_cannot_change_is_not_tried_again() {
    let decode = Reply::json(200, &serde_json::json!({ "id": 7 }));
    let large = Reply::new(200, "text/plain", vec![b' '; 2_000]);
    for reply in [
        decode,
        large,
        Reply::html(301).header("Stripe-Should-Retry", "true"),
    ] {
        let server = ScriptServer::replies([reply.clone()]).await;
        let client = server.builder().max_body_bytes(1_000).build().unwrap();
        let error = disconnect(&client).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests()), (1, 1), "{reply:?}");
    }
}

#[tokio::test]
async fn a_stale_connection_costs_a_retry_and_no_error() {
    // The server closes after each answer, without announcing it.
    let server = ScriptServer::replies([Reply::account("fca_1").cut(Cut::AfterBody)]).await;
    let client = server.client();
    for _ in 0..20 {
        client.raw(Method::Post, "/v1/x").await.unwrap();
    }
}
