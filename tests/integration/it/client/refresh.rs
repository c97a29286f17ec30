//! Waiting for a refresh to end.

use std::time::Duration;

use serde_json::{Value, json};
use stripe_financial_connections::types::{AccountStatus, RefreshFeature};
use stripe_financial_connections::{Error, Poll, RefreshOutcome, Refreshed, Timestamp};

use crate::support::script_server::{Cut, Reply, ScriptServer, account, settle};

const STARTED: i64 = 1_790_000_000;

fn refresh(status: &str, started: i64) -> Value {
    json!({ "last_attempted_at": started, "next_refresh_available_at": null, "status": status })
}

/// An account with these fields besides the required ones.
fn with(fields: Value) -> Reply {
    let mut it = account("fca_1");
    for (name, value) in fields.as_object().unwrap() {
        it[name] = value.clone();
    }
    Reply::json(200, &it)
}

fn balance(status: &str) -> Reply {
    with(json!({ "balance_refresh": refresh(status, STARTED) }))
}

async fn wait(server: &ScriptServer, features: &[RefreshFeature]) -> Result<Refreshed, Error> {
    let request = server
        .client()
        .accounts()
        .refresh("fca_1", features.iter().cloned());
    request.and_wait(Poll::default()).await
}

async fn wait_for_balance(replies: impl IntoIterator<Item = Reply>) -> Result<Refreshed, Error> {
    wait(
        &ScriptServer::replies(replies).await,
        &[RefreshFeature::Balance],
    )
    .await
}

fn outcome(refreshed: &Refreshed) -> RefreshOutcome {
    refreshed.outcome(&RefreshFeature::Balance).unwrap()
}

const fn succeeded(started: i64) -> RefreshOutcome {
    RefreshOutcome::Succeeded(Timestamp::from_unix_seconds(started))
}

const fn failed(started: i64) -> RefreshOutcome {
    RefreshOutcome::Failed(Timestamp::from_unix_seconds(started))
}

#[tokio::test]
async fn it_ends_when_the_refresh_has() {
    for (end, expected) in [
        ("succeeded", succeeded(STARTED)),
        ("failed", failed(STARTED)),
    ] {
        let replies = [
            balance("pending"),
            balance("pending"),
            balance("pending"),
            balance(end),
        ];
        let server = ScriptServer::replies(replies).await;
        let refreshed = wait(&server, &[RefreshFeature::Balance]).await.unwrap();
        assert_eq!(outcome(&refreshed), expected);
        assert_eq!(refreshed.is_success(), end == "succeeded");
        assert_eq!(refreshed.outcome(&RefreshFeature::Ownership), None);
        let seen = server.seen();
        let methods: Vec<_> = seen.iter().map(|seen| seen.method.as_str()).collect();
        assert_eq!(methods, ["POST", "GET", "GET", "GET"]);
        assert_eq!(seen[1].target, "/v1/financial_connections/accounts/fca_1");
        let pauses = server.clock().pauses();
        for (pause, longest) in pauses
            .iter()
            .zip([1_000, 2_000, 4_000].map(Duration::from_millis))
        {
            assert!(*pause >= longest / 2 && *pause <= longest, "{pauses:?}");
        }
        assert_eq!(pauses.len(), 3);
    }
}

#[tokio::test]
async fn each_feature_ends_by_itself() {
    let look = |balance, ownership, transactions| {
        let mut transaction_refresh = refresh(transactions, STARTED);
        transaction_refresh["id"] = "fctxnref_1".into();
        with(json!({
            "balance_refresh": refresh(balance, STARTED),
            "ownership_refresh": refresh(ownership, STARTED),
            "transaction_refresh": transaction_refresh,
        }))
    };
    let server = ScriptServer::replies([
        look("pending", "pending", "pending"),
        look("succeeded", "pending", "pending"),
        look("succeeded", "failed", "pending"),
        // A newer refresh of one that has ended is no longer of interest.
        look("pending", "failed", "succeeded"),
    ])
    .await;
    let features = [
        RefreshFeature::Balance,
        RefreshFeature::Ownership,
        RefreshFeature::Transactions,
    ];
    let refreshed = wait(&server, &features).await.unwrap();
    let [balance, ownership, transactions] = features;
    assert_eq!(
        refreshed.outcomes(),
        [
            (balance, succeeded(STARTED)),
            (ownership, failed(STARTED)),
            (transactions, succeeded(STARTED)),
        ]
    );
    assert!(!refreshed.is_success());
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn an_answer_from_before_the_refresh_ends_nothing() {
    let old = with(json!({ "balance_refresh": refresh("succeeded", STARTED - 60) }));
    let refreshed = wait_for_balance([balance("pending"), old, balance("succeeded")])
        .await
        .unwrap();
    assert_eq!(outcome(&refreshed), succeeded(STARTED));
}

#[tokio::test]
async fn a_newer_refresh_stands_for_an_older_one() {
    let newer = with(json!({ "balance_refresh": refresh("succeeded", STARTED + 60) }));
    let refreshed = wait_for_balance([balance("pending"), newer]).await.unwrap();
    assert_eq!(outcome(&refreshed), succeeded(STARTED + 60));
}

#[tokio::test]
async fn nothing_is_waited_for_that_was_not_started() {
    let server = ScriptServer::replies([Reply::account("fca_1")]).await;
    let refreshed = wait(&server, &[RefreshFeature::Balance]).await.unwrap();
    assert_eq!(outcome(&refreshed), RefreshOutcome::NotStarted);
    // Too early for another: the last one stands.
    let refreshed = wait_for_balance([balance("succeeded")]).await.unwrap();
    assert_eq!(outcome(&refreshed), succeeded(STARTED));
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_account_that_is_lost_meanwhile_ends_the_wait() {
    for status in ["inactive", "disconnected"] {
        let lost =
            with(json!({ "status": status, "balance_refresh": refresh("pending", STARTED) }));
        let refreshed = wait_for_balance([balance("pending"), lost]).await.unwrap();
        assert_eq!(outcome(&refreshed), RefreshOutcome::Abandoned);
        assert_eq!(refreshed.account().status, AccountStatus::from(status));
        // Data that came before is not given up.
        let last =
            with(json!({ "status": status, "balance_refresh": refresh("succeeded", STARTED) }));
        let refreshed = wait_for_balance([balance("pending"), last]).await.unwrap();
        assert_eq!(outcome(&refreshed), succeeded(STARTED));
    }
}

#[tokio::test]
async fn a_look_that_fails_is_made_again_if_that_may_help() {
    let faults = (0..4).map(|_| Reply::html(503));
    let replies = [balance("pending")]
        .into_iter()
        .chain(faults)
        .chain([balance("succeeded")]);
    let refreshed = wait_for_balance(replies).await.unwrap();
    assert!(refreshed.is_success());

    let gone = Reply::error(404, "invalid_request_error", Some("resource_missing"));
    let error = wait_for_balance([balance("pending"), gone])
        .await
        .unwrap_err();
    assert!(error.is_not_found());
    let refused = Reply::error(
        400,
        "invalid_request_error",
        Some("financial_connections_account_inactive"),
    );
    let error = wait_for_balance([refused]).await.unwrap_err();
    assert!(error.is_account_inactive());
}

#[tokio::test]
async fn whatever_fails_after_the_request_tells_that_it_was_executed() {
    let resource = "invalid_request_error";
    let odd_id = Reply::json(200, &json!({ "id": "../x" }));
    for poll in [
        Reply::error(404, resource, Some("resource_missing")),
        Reply::error(401, resource, None),
        Reply::error(403, resource, None),
        Reply::error(400, resource, None),
        Reply::html(302),
        Reply::html(200),
        Reply::json(200, &json!({ "id": 7 })),
        odd_id,
    ] {
        let server = ScriptServer::replies([balance("pending"), poll.clone()]).await;
        let error = wait(&server, &[RefreshFeature::Balance]).await.unwrap_err();
        assert!(error.maybe_executed(), "{poll:?}: {error}");
        assert_eq!(error.operation(), Some("accounts.refresh"), "{error}");
        let key = error.idempotency_key().unwrap().as_str();
        assert_eq!(server.seen()[0].idempotency_key(), Some(key));
        assert_eq!(error.attempts(), 1);
        // What the poll met is told as well.
        assert_eq!(error.status(), Some(poll.status));
        assert_eq!(error.body(), poll.body);
        let source = std::error::Error::source(&error).unwrap();
        let source = source.downcast_ref::<Error>().unwrap();
        assert_eq!(source.operation(), Some("accounts.retrieve"), "{source}");
        assert_eq!(source.is_not_found(), error.is_not_found());
    }
}

#[tokio::test]
async fn an_id_that_cannot_be_polled_is_not_the_callers_mistake() {
    let mut odd = account("");
    odd["balance_refresh"] = refresh("pending", STARTED);
    let error = wait_for_balance([Reply::json(200, &odd)])
        .await
        .unwrap_err();
    assert!(error.is_decode() && !error.is_usage(), "{error}");
    assert!(error.maybe_executed() && error.idempotency_key().is_some());
}

#[tokio::test]
async fn a_wait_without_end_tells_what_was_executed_and_what_failed_last() {
    let server = ScriptServer::replies([balance("pending"), Reply::html(503)]).await;
    let error = wait(&server, &[RefreshFeature::Balance]).await.unwrap_err();
    assert!(error.is_timeout() && error.maybe_executed(), "{error}");
    assert_eq!(error.operation(), Some("accounts.refresh"));
    assert!(error.idempotency_key().is_some());
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("status 503"), "{source}");
}

#[tokio::test]
async fn the_time_of_the_wait_bounds_each_poll() {
    let silent = Reply::account("fca_1").cut(Cut::Silent);
    let server = ScriptServer::replies([balance("pending"), silent]).await;
    let request = server
        .client()
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance]);
    let clock = server.clock();
    let waiting = tokio::spawn(async move {
        let poll = Poll::within(Duration::from_secs(30));
        request.and_wait(poll).await.unwrap_err()
    });
    assert!(settle(|| server.requests() == 2).await);
    clock.advance(Duration::from_secs(30));
    assert!(settle(|| waiting.is_finished()).await, "the poll goes on");
    let error = waiting.await.unwrap();
    assert!(error.is_timeout() && error.maybe_executed(), "{error}");
    assert_eq!(error.operation(), Some("accounts.refresh"));
    // No poll is made again when the time is over.
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn the_time_of_the_wait_bounds_the_request() {
    let late = || balance("pending").late(Duration::from_secs(31));
    let server = ScriptServer::replies([late()]).await;
    let request = server
        .client()
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance]);
    let poll = Poll::within(Duration::from_secs(30));
    let error = request.clone().and_wait(poll).await.unwrap_err();
    assert!(error.is_timeout() && error.maybe_executed(), "{error}");
    assert_eq!((error.attempts(), server.requests()), (1, 1));
    assert_eq!(error.status(), None, "the response is waited for");
    // A shorter deadline of the request stays.
    let poll = Poll::within(Duration::from_secs(3_000));
    let short = request.deadline(Duration::from_secs(20));
    assert_eq!(short.and_wait(poll).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn time_runs_out() {
    let server = ScriptServer::replies([balance("pending")]).await;
    let request = server
        .client()
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance]);
    let poll = Poll::within(Duration::from_secs(60));
    let error = request.clone().and_wait(poll).await.unwrap_err();
    assert!(error.is_timeout() && error.maybe_executed());
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(200), Some("req_scripted"))
    );
    assert!(server.clock().passed() <= Duration::from_secs(60));
    assert!(
        server.clock().passed() > Duration::from_secs(40),
        "given up too early"
    );

    let before = server.requests();
    let often = Poll::within(Duration::from_secs(60))
        .pauses(Duration::from_secs(1), Duration::from_secs(1));
    request.and_wait(often).await.unwrap_err();
    assert!(server.requests() - before > 60);
}

#[tokio::test]
async fn options_hold_for_every_look() {
    let server = ScriptServer::replies([balance("pending"), balance("succeeded")]).await;
    let request = server
        .client()
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance])
        .expand(["ownership"])
        .stripe_account("acct_1")
        .header("X-Mine", "1")
        .param("only_for_refresh", "1");
    request.and_wait(Poll::default()).await.unwrap();
    let seen = server.seen();
    assert!(seen[0].idempotency_key().is_some() && seen[1].idempotency_key().is_none());
    for seen in &seen {
        assert_eq!(
            (seen.header("stripe-account"), seen.header("x-mine")),
            (Some("acct_1"), Some("1"))
        );
    }
    assert!(
        seen[0].body.contains("expand[0]=ownership") && seen[0].body.contains("only_for_refresh")
    );
    assert_eq!(
        seen[1].target,
        "/v1/financial_connections/accounts/fca_1?expand[0]=ownership"
    );
}
