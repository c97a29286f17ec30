//! The same answers that were given to the other clients of this API, given to this one.
//!
//! The table that comes out is in `tests/integration/snapshots`. The other columns are measurements
//! of stripe-node 23.1, stripe-python 16.1, stripe-go 86.2 and async-stripe 1.0.0-rc.10, each in its
//! default settings (but stripe-python with two retries, since its new client class has none): the
//! number of requests they sent, where it was counted, and what the caller got. A dash means not
//! measured.

use std::fmt::Write;
use std::time::Duration;

use serde_json::json;
use stripe_financial_connections::webhook::{SigningSecret, Verifier, testing};
use stripe_financial_connections::{Error, Method, Timestamp};

use crate::support::script_server::{Cut, Reply, ScriptServer};

/// One row: what the server answers for ever, and what the others make of it.
struct Row {
    answer: &'static str,
    reply: Reply,
    others: [&'static str; 4],
    /// Ours: the number of requests, and a word for the outcome.
    expected: (usize, &'static str),
}

/// A row: what the server answers, what the others make of it, how many requests we send and our
/// word for the outcome.
macro_rules! rows {
    ($( $answer:literal: $reply:expr => $others:expr => $requests:literal $kind:literal; )*) => {
        vec![$(
            Row {
                answer: $answer,
                reply: $reply,
                others: $others,
                expected: ($requests, $kind),
            }
        ),*]
    };
}

fn rows() -> Vec<Row> {
    let api = || Reply::error(500, "api_error", None);
    let request = |status, code| Reply::error(status, "invalid_request_error", code);
    let told = |reply: Reply, value: &str| reply.header("Stripe-Should-Retry", value);
    rows! {
        "500 with an error object": api() =>
            ["3, error", "1 (3 when told to), error", "1, error", "1, error"] => 3 "server";
        "409 with an error object": request(409, None) =>
            ["3, generic error", "3, generic error", "1, error", "1, error"] => 3 "conflict";
        "409, the idempotency key is in use": Reply::error(409, "idempotency_error", Some("idempotency_key_in_use")) =>
            ["–"; 4] => 3 "idempotency";
        "429, rate limit": request(429, Some("rate_limit")) =>
            ["1, rate limit", "1, rate limit", "1, error", "1, error"] => 3 "rate limited";
        "429, lock timeout": request(429, Some("lock_timeout")) =>
            ["1, rate limit", "1, rate limit", "3, error", "1, error"] => 3 "conflict";
        "429, Stripe-Should-Retry: true": told(request(429, None), "true") =>
            ["3, rate limit", "3, rate limit", "1, error", "1, error"] => 3 "rate limited";
        "500, Stripe-Should-Retry: true": told(api(), "true") =>
            ["3, error", "3, error", "1, error", "1, error"] => 3 "server";
        "500, Stripe-Should-Retry: false": told(api(), "false") =>
            ["1, error", "1, error", "1, error", "1, error"] => 1 "server";
        "503 with HTML": Reply::html(503) =>
            ["3, no status", "3, no request id", "3, bare text", "1, no status"] => 3 "server";
        "400 with HTML": Reply::html(400) =>
            ["1, no status", "1, no request id", "3, bare text", "1, no status"] => 1 "invalid request";
        "400 with HTML, Stripe-Should-Retry: false": told(Reply::html(400), "false") =>
            ["1, no status", "1, no request id", "3, bare text", "1, no status"] => 1 "invalid request";
        "500 with HTML, Stripe-Should-Retry: false": told(Reply::html(500), "false") =>
            ["1, no status", "1, no request id", "3, bare text", "1, no status"] => 1 "server";
        "424 with an error object": request(424, None) =>
            ["1, generic error", "1, generic error", "1, error", "1, error"] => 1 "invalid request";
        "500 with JSON that has no `error`": Reply::json(500, &json!({ "oops": true })) =>
            ["3, success", "error", "bare text", "no status"] => 3 "server";
        "302 to another place": Reply::html(302).header("Location", "/elsewhere") =>
            ["1, no status", "31, followed", "followed", "1, no status"] => 1 "redirect";
        "307 to another place": Reply::html(307).header("Location", "/elsewhere") =>
            ["–", "–", "followed, with the key", "–"] => 1 "redirect";
        "200 with HTML": Reply::html(200) => ["1, no status", "1, error", "1, bare text", "1, nothing else"] => 1 "decode";
        "403 without a body": Reply::new(403, "text/plain", "") => ["–"; 4] => 1 "permission";
        "200, the body cut short": Reply::account("fca_1").cut(Cut::WithinBody) => ["–"; 4] => 3 "interrupted";
        "connection reset before an answer": Reply::account("fca_1").cut(Cut::BeforeAnswer) => ["–"; 4] => 3 "interrupted";
        // Three times 81 seconds are more than the three minutes of the whole request.
        "no answer within the time-out": Reply::account("fca_1").late(Duration::from_secs(81)) => ["–"; 4] => 3 "timeout";
    }
}

/// Every predicate by which a caller would tell errors apart, as a word.
fn word(error: &Error) -> &'static str {
    let all = [
        (error.is_usage(), "usage"),
        (error.is_connect(), "connect"),
        (error.is_timeout(), "timeout"),
        (error.is_interrupted(), "interrupted"),
        (error.is_redirect(), "redirect"),
        (error.is_decode(), "decode"),
        (error.is_pagination(), "pagination"),
        (error.is_rate_limited(), "rate limited"),
        (error.is_authentication(), "authentication"),
        (error.is_permission(), "permission"),
        (error.is_not_found(), "not found"),
        (error.is_invalid_request(), "invalid request"),
        (error.is_conflict(), "conflict"),
        (error.is_idempotency(), "idempotency"),
        (error.is_server_error(), "server"),
    ];
    let words: Vec<_> = all.iter().filter(|(is, _)| *is).collect();
    assert_eq!(words.len(), 1, "one kind, and no other: {error:?}");
    words[0].1
}

const HEAD: &str = "\
| Server answers | stripe-node | stripe-python | stripe-go | async-stripe | this library |
|---|---|---|---|---|---|
";

fn line(table: &mut String, answer: &str, others: [&str; 4], ours: &str) {
    let [node, python, go, rust] = others;
    writeln!(
        table,
        "| {answer} | {node} | {python} | {go} | {rust} | {ours} |"
    )
    .unwrap();
}

/// A disconnect against the answer of one row.
async fn disconnect(row: &Row) -> String {
    let server = ScriptServer::replies([row.reply.clone()]).await;
    let error = server
        .client()
        .accounts()
        .disconnect("fca_1")
        .await
        .unwrap_err();

    let (requests, kind) = row.expected;
    assert_eq!(
        (server.requests(), word(&error)),
        (requests, kind),
        "{}",
        row.answer
    );
    assert_eq!(error.attempts() as usize, requests, "{}", row.answer);
    // Whatever came back is kept.
    if row.reply.delay.is_zero() && row.reply.cut != Cut::BeforeAnswer {
        assert_eq!(error.status(), Some(row.reply.status), "{}", row.answer);
        assert_eq!(error.request_id(), Some("req_scripted"), "{}", row.answer);
        let kept = error.body();
        assert!(row.reply.body.starts_with(kept), "{}", row.answer);
        assert!(
            row.reply.cut == Cut::WithinBody || kept == row.reply.body,
            "{}",
            row.answer
        );
    }
    let seen = server.seen();
    let key = error.idempotency_key().unwrap().as_str();
    assert!(
        seen.iter().all(|it| it.idempotency_key() == Some(key)),
        "{}",
        row.answer
    );

    let status = error
        .status()
        .map(|it| format!(", status {it}"))
        .unwrap_or_default();
    let id = error.request_id().map_or("", |_| ", request id");
    format!("{requests}, {kind}{status}{id}, key")
}

#[tokio::test]
async fn every_answer_is_understood() {
    let mut table = HEAD.to_owned();
    for row in rows() {
        line(&mut table, row.answer, row.others, &disconnect(&row).await);
    }
    special_rows(&mut table).await;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("client_matrix", table));
}

/// What takes more than one answer or another call.
async fn special_rows(table: &mut String) {
    let server = ScriptServer::replies([Reply::account("fca_1")]).await;
    let account = server.client().accounts().retrieve("fca_1/x?y=z").await;
    assert!(account.is_ok());
    let target = server.seen().remove(0).target;
    assert_eq!(
        target,
        "/v1/financial_connections/accounts/fca_1%2Fx%3Fy%3Dz"
    );
    line(
        table,
        "an id with a slash and a question mark",
        ["encoded", "encoded", "encoded", "raw"],
        "encoded",
    );

    let refused = server
        .client()
        .accounts()
        .disconnect("..")
        .await
        .unwrap_err();
    assert!(refused.is_usage() && server.requests() == 1);
    line(
        table,
        "an id that is two dots",
        ["–"; 4],
        "refused before sending",
    );

    let server = ScriptServer::replies([Reply::page([""; 0], true)]).await;
    let error = server
        .client()
        .accounts()
        .list()
        .stream()
        .try_collect()
        .await
        .unwrap_err();
    assert!(error.is_pagination() && server.requests() == 1);
    line(
        table,
        "an empty page with `has_more`",
        ["throws", "IndexError", "endless loop", "ends quietly"],
        "1, pagination error",
    );

    let pages = [
        Reply::page(["a1", "b1"], true),
        Reply::page(["a2", "b2"], false),
    ];
    let server = ScriptServer::replies(pages).await;
    let items = server
        .client()
        .accounts()
        .list()
        .ending_before("x")
        .stream();
    let items = items.try_collect().await.unwrap();
    let order: Vec<_> = items.iter().map(|item| item.id.as_str()).collect();
    let seen = server.seen();
    assert_eq!(order, ["b1", "a1", "b2", "a2"]);
    assert_eq!(seen[1].query("ending_before"), Some("a1"));
    assert_eq!(seen[1].query("starting_after"), None);
    line(
        table,
        "a list with `ending_before`, two pages",
        [
            "b1 a1 b2 a2",
            "b1 a1 b2 a2",
            "b1 a1 b2 a2",
            "a1 b1 a2 b2, both cursors",
        ],
        &order.join(" "),
    );

    let server = ScriptServer::replies([Reply::account("fca_1")]).await;
    let client = server.client();
    for _ in 0..5 {
        client
            .raw(Method::Get, "/v1/financial_connections/accounts/fca_1")
            .await
            .unwrap();
    }
    assert_eq!(server.connections(), 1);
    line(
        table,
        "connections for five requests in a row",
        ["1", "1", "1", "5"],
        "1",
    );

    // Not over the wire, but of the same table.
    let payload = br#"{"id":"evt_1","object":"event","type":"x"}"#;
    let secret = SigningSecret::new("whsec_scripted").unwrap();
    let now = 1_790_000_000;
    let time = Timestamp::from_unix_seconds;
    let header = testing::sign(payload, &secret, time(now + 2 * 60 * 60));
    let verifier = Verifier::new(secret);
    assert!(verifier.verify_at(payload, &header, time(now)).is_err());
    assert!(
        verifier
            .verify_at(payload, &header, time(now + 2 * 60 * 60))
            .is_ok()
    );
    line(
        table,
        "a webhook that is signed two hours ahead",
        ["accepted", "accepted", "accepted", "rejected"],
        "rejected",
    );

    assert!(SigningSecret::new("").is_err());
    line(
        table,
        "an empty signing secret",
        ["rejected", "rejected", "accepted", "accepted"],
        "rejected",
    );
}
