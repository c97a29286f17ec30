//! When a request is sent again, after how long, and when it is given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, Clock, Error, Method, Poll, Random, Wait};

use crate::support::script_server::{Cut, Framing, Reply, ScriptServer, settle};

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

/// Twenty requests, one after the other, to a server that closes each connection as it is used again.
async fn use_stale_connections(client: &Client) {
    for _ in 0..20 {
        client.raw(Method::Post, "/v1/x").await.unwrap();
        client.accounts().retrieve("fca_1").await.unwrap();
    }
}

/// Answers once on each connection, and resets it when it is used again.
async fn impatient() -> ScriptServer {
    ScriptServer::replies([Reply::account("fca_1")])
        .await
        .once_a_connection()
}

#[tokio::test]
async fn a_stale_connection_is_no_failure_of_the_request() {
    // The server closes after each answer, without announcing it.
    let server = ScriptServer::replies([Reply::account("fca_1").cut(Cut::AfterBody)]).await;
    let never = server.builder().max_retries(0).retry_budget(0);
    use_stale_connections(&never.build().unwrap()).await;

    // Or just as it is used again.
    let server = impatient().await;
    let never = server.builder().max_retries(0).retry_budget(0);
    use_stale_connections(&never.build().unwrap()).await;
    assert!(server.clock().pauses().is_empty(), "repeated at once");
    assert!(server.ended() > 10, "hardly any connection was used again");
}

#[tokio::test]
async fn a_new_connection_that_breaks_is_a_failure() {
    let reply = Reply::account("fca_1").cut(Cut::BeforeAnswer);
    let server = ScriptServer::replies([reply]).await;
    let client = server.builder().max_retries(0).build().unwrap();
    let error = disconnect(&client).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests()), (1, 1));
    assert!(error.is_interrupted() && error.maybe_executed());
}

#[tokio::test]
async fn a_request_is_repeated_at_most_once_for_stale_connections() {
    // The first connection works once. After that every connection breaks at once.
    let server = ScriptServer::play(|number, _| match number {
        0 => Reply::account("fca_1"),
        _ => Reply::account("fca_1").cut(Cut::BeforeAnswer),
    })
    .await;
    let client = server.builder().max_retries(0).build().unwrap();
    disconnect(&client).await.unwrap();
    let error = disconnect(&client).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests()), (2, 3));
    assert!(error.is_interrupted() && error.maybe_executed());
}

#[tokio::test]
async fn an_http_client_that_was_handed_in_is_used_as_it_is() {
    let server = impatient().await;
    let client = server.builder().reqwest_client(reqwest::Client::new());
    // Each is a failure, and retried as one.
    use_stale_connections(&client.build().unwrap()).await;
    assert!(server.ended() > 10, "hardly any connection was used again");
    assert!(!server.clock().pauses().is_empty());
}

#[tokio::test]
async fn a_request_that_is_dropped_while_it_pauses_costs_no_budget() {
    let server = ScriptServer::replies([failed()]).await;
    let client = server
        .builder()
        .retry_budget(2)
        .max_retries(1)
        .clock(Stuck(server.clock()))
        .build()
        .unwrap();
    for number in 1..=10 {
        let client = client.clone();
        let request = tokio::spawn(async move { disconnect(&client).await });
        assert!(settle(|| server.requests() == number).await);
        // It pauses now, and would do so for ever.
        settle(|| request.is_finished()).await;
        assert!(!request.is_finished(), "the budget is empty after {number}");
        request.abort();
        let _ = request.await;
    }
}

/// A clock by which no pause ends.
#[derive(Debug)]
struct Stuck(crate::support::script_server::TestClock);

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

#[tokio::test]
async fn an_operation_that_is_down_does_not_use_up_the_retries_of_others() {
    let server = ScriptServer::play(|number, seen| match seen.method.as_str() {
        "POST" => failed(),
        _ if number % 2 == 0 => failed(),
        _ => Reply::account("fca_1"),
    })
    .await;
    let client = server.builder().retry_budget(4).max_retries(1);
    let client = client.build().unwrap();
    for _ in 0..20 {
        disconnect(&client).await.unwrap_err();
    }
    let error = disconnect(&client).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retry_budget_empty()), (1, true));
    let requests = server.requests();
    client.accounts().retrieve("fca_1").await.unwrap();
    assert!(server.requests() - requests <= 2);
    client.accounts().retrieve("fca_1").await.unwrap();
}

#[tokio::test]
async fn an_error_says_when_the_budget_was_the_reason() {
    let server = ScriptServer::replies([failed()]).await;
    let client = server.builder().retry_budget(1).build().unwrap();
    let error = disconnect(&client).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retry_budget_empty()), (2, true));
    assert!(error.to_string().contains("retry budget empty"), "{error}");
    // Retries that are off are another reason.
    let request = client.accounts().disconnect("fca_1").max_retries(0);
    let error = request.await.unwrap_err();
    assert!(!error.is_retry_budget_empty(), "{error}");
    assert!(!error.to_string().contains("budget"), "{error}");
}

#[tokio::test]
async fn a_stored_failure_is_not_asked_for_again() {
    for status in [500, 503, 409] {
        let reply = Reply::error(status, "api_error", None).header("Idempotent-Replayed", "true");
        for reply in [reply.clone(), reply.header("Stripe-Should-Retry", "true")] {
            let server = ScriptServer::replies([reply]).await;
            let error = disconnect(&server.client()).await.unwrap_err();
            assert_eq!((error.attempts(), server.requests()), (1, 1), "{status}");
            assert!(error.is_replayed() && error.maybe_executed());
        }
    }
}

#[tokio::test]
async fn a_date_is_measured_by_the_servers_clock() {
    let limited = || Reply::error(429, "invalid_request_error", Some("rate_limit"));
    // The client's clock says that it is 14:13:20. It is an hour slow, and then an hour fast.
    for (sent, until) in [
        (
            "Mon, 21 Sep 2026 15:13:20 GMT",
            "Mon, 21 Sep 2026 15:13:23 GMT",
        ),
        (
            "Mon, 21 Sep 2026 13:13:20 GMT",
            "Mon, 21 Sep 2026 13:13:23 GMT",
        ),
    ] {
        let limited = limited().header("Date", sent).header("Retry-After", until);
        let server = ScriptServer::replies([limited, Reply::account("fca_1")]).await;
        let client = server.builder().random(Longest).build().unwrap();
        assert_eq!(disconnect(&client).await.unwrap(), 2, "{sent}");
        let pauses = server.clock().pauses();
        assert_eq!(pauses, [seconds(3) + milliseconds(500)], "{sent}");
    }
}

#[tokio::test]
async fn no_time_at_all_is_refused_before_anything_is_sent() {
    let server = ScriptServer::replies([Reply::account("fca_1")]).await;
    let client = server.client();
    let disconnect = || client.accounts().disconnect("fca_1");
    for error in [
        disconnect().timeout(Duration::ZERO).await.unwrap_err(),
        disconnect().deadline(Duration::ZERO).await.unwrap_err(),
        server
            .builder()
            .timeout(Duration::ZERO)
            .build()
            .unwrap_err(),
        server
            .builder()
            .deadline(Duration::ZERO)
            .build()
            .unwrap_err(),
        client
            .accounts()
            .refresh("fca_1", [RefreshFeature::Balance])
            .and_wait(Poll::within(Duration::ZERO))
            .await
            .unwrap_err(),
    ] {
        assert!(error.is_usage(), "{error}");
        assert!(!error.maybe_executed() && error.attempts() == 0, "{error}");
    }
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_declined_request_has_been_executed() {
    let declined = Reply::error(402, "card_error", Some("card_declined"));
    let server = ScriptServer::replies([declined]).await;
    let error = disconnect(&server.client()).await.unwrap_err();
    assert!(error.is_declined() && !error.is_invalid_request());
    assert!(error.maybe_executed());
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn informational_answers_without_end_do_not_outlast_the_timeout() {
    let reply = Reply::account("fca_1").cut(Cut::Informed);
    let server = ScriptServer::replies([reply]).await;
    let client = server.builder().max_retries(0).build().unwrap();
    let request = tokio::spawn(async move { disconnect(&client).await });
    assert!(settle(|| server.requests() == 1).await);
    server.clock().advance(seconds(80));
    assert!(settle(|| request.is_finished()).await, "it goes on");
    assert!(request.await.unwrap().unwrap_err().is_timeout());
    assert!(
        settle(|| server.ended() == 1).await,
        "the connection is still open"
    );
}

#[tokio::test]
async fn what_has_been_read_is_kept_whatever_ends_the_reading() {
    let body = Reply::account("fca_1").body;
    let reply = || Reply::account("fca_1").pieces(5);
    for (reply, max, kept) in [
        (reply().cut(Cut::StuckInBody), 10_000, body.len() / 2),
        (reply().cut(Cut::WithinBody), 10_000, body.len() / 2),
        (reply(), body.len() - 1, body.len() - 1),
        (reply(), 3, 3),
        (Reply::account("fca_1"), 100, 100),
    ] {
        let server = ScriptServer::replies([reply.clone()]).await;
        let client = server.builder().max_retries(0).max_body_bytes(max);
        let error = disconnect(&client.build().unwrap()).await.unwrap_err();
        assert_eq!(error.body(), &body[..kept], "{reply:?}: {error}");
        assert_eq!(error.status(), Some(200));
    }
    // With an error status, its meaning is kept as well.
    let limited = Reply::error(400, "invalid_request_error", Some("rate_limit")).pieces(3);
    let mut longer = limited.clone();
    longer.body.extend(vec![b' '; limited.body.len() * 2]);
    let server = ScriptServer::replies([longer.cut(Cut::StuckInBody)]).await;
    let client = server.builder().max_retries(0).build().unwrap();
    let error = disconnect(&client).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
}

#[tokio::test]
async fn a_body_that_is_cut_unnoticed_is_asked_for_again() {
    let whole = Reply::account("fca_1");
    let length = whole.body.len();
    for cut in (0..length).step_by(7).chain([1, length - 1]) {
        for reply in [
            whole.clone().shortened(cut).framing(Framing::Close),
            whole.clone().framing(Framing::TooShort(length - cut)),
        ] {
            // That it says to be empty is believed.
            if cut == 0 && reply.framing != Framing::Close {
                continue;
            }
            let server = ScriptServer::replies([reply.clone(), whole.clone()]).await;
            let client = server.client();
            assert_eq!(disconnect(&client).await.unwrap(), 2, "{cut} {reply:?}");
            let seen = server.seen();
            assert_eq!(seen[0].idempotency_key(), seen[1].idempotency_key());
        }
    }
    // When it stays cut, the error tells what came.
    let cut = whole.clone().shortened(length / 2).framing(Framing::Close);
    let server = ScriptServer::replies([cut]).await;
    let error = disconnect(&server.client()).await.unwrap_err();
    assert!(error.is_interrupted() && error.maybe_executed(), "{error}");
    assert_eq!((error.attempts(), server.requests()), (3, 3));
    assert_eq!(error.body(), &whole.body[..length / 2]);
    // An answer that is whole and no JSON, or JSON of another shape, is not.
    for reply in [Reply::html(200), Reply::new(200, "text/plain", "")] {
        let server = ScriptServer::replies([reply]).await;
        let error = disconnect(&server.client()).await.unwrap_err();
        assert!(error.is_decode() && error.attempts() == 1, "{error}");
    }
}

#[tokio::test]
async fn an_error_whose_body_is_cut_unnoticed_is_asked_for_again() {
    let missing = Reply::error(404, "invalid_request_error", Some("resource_missing"));
    let cut = missing.clone().shortened(20).framing(Framing::Close);
    let server = ScriptServer::replies([cut, missing]).await;
    let error = disconnect(&server.client()).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.api().unwrap().code(), Some("resource_missing"));
}

#[tokio::test]
async fn a_page_that_is_cut_unnoticed_is_asked_for_again() {
    let first = Reply::page(["fca_1", "fca_2"], true);
    let second = Reply::page(["fca_3"], false);
    let cut = |page: &Reply| {
        page.clone()
            .shortened(page.body.len() / 2)
            .framing(Framing::Close)
    };
    let replies = [cut(&first), first.clone(), cut(&second), second.clone()];
    let server = ScriptServer::replies(replies).await;
    let items = server.client().accounts().list().stream().try_collect();
    assert_eq!(items.await.unwrap().len(), 3);
    assert_eq!(server.requests(), 4);
}
