//! Idempotency keys: replay, mismatch, conflict, and what is not kept.

use std::time::Duration;

use stripe_financial_connections_sandbox::{
    ConflictType, Fault, NewAccount, Operation, Sandbox, Stage,
};

use crate::support::http::{get, post};

async fn with_account() -> (Sandbox, String) {
    let sandbox = Sandbox::start().await.unwrap();
    let id = sandbox.control().create_account(&NewAccount::new());
    let path = format!("/accounts/{id}/refresh");
    (sandbox, path)
}

#[tokio::test]
async fn a_first_answer_names_itself_as_the_original() {
    let (sandbox, path) = with_account().await;
    let reply = post(&sandbox, &path, "features[]=balance")
        .key("k")
        .send()
        .await;
    assert_eq!(reply.header("original-request"), reply.header("request-id"));
    assert_eq!(reply.header("idempotency-key"), Some("k"));
    assert_eq!(reply.header("stripe-should-retry"), Some("false"));
    assert_eq!(reply.header("idempotent-replayed"), None);
    assert_eq!(reply.header("stripe-version"), Some("2026-09-30.endive"));
}

#[tokio::test]
async fn a_replay_is_the_first_answer_under_a_new_request_id() {
    let (sandbox, path) = with_account().await;
    let send = || post(&sandbox, &path, "features[]=balance").key("k").send();
    let first = send().await;
    sandbox.control().end_refreshes();
    let again = send().await;
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("original-request"), first.header("request-id"));
    assert_ne!(again.header("request-id"), first.header("request-id"));
    assert_eq!(sandbox.control().effects_of_key("k"), 1);
    assert_eq!(sandbox.control().effects(Operation::AccountsRefresh), 1);
}

#[tokio::test]
async fn another_request_with_the_same_key_is_a_mismatch() {
    let (sandbox, path) = with_account().await;
    post(&sandbox, &path, "features[]=balance")
        .key("k")
        .ok()
        .await;
    let other = path.replace("refresh", "disconnect");
    for request in [
        post(&sandbox, &path, "features[]=ownership"),
        post(&sandbox, &other, "features[]=balance"),
    ] {
        let reply = request.key("k").send().await;
        assert_eq!(reply.error(), (400, "idempotency_error", None, None));
        assert!(reply.message().contains("'k'"), "{}", reply.message());
    }
}

#[tokio::test]
async fn keys_are_checked_by_themselves() {
    let (sandbox, path) = with_account().await;
    for (key, status) in [
        (String::new(), 400),
        ("k".repeat(256), 400),
        ("k".repeat(255), 200),
    ] {
        let reply = post(&sandbox, &path, "features[]=balance")
            .key(&key)
            .send()
            .await;
        assert_eq!(reply.status, status, "{} characters", key.len());
    }
}

#[tokio::test]
async fn keys_of_two_accounts_are_two_keys_and_a_get_has_none() {
    let (sandbox, path) = with_account().await;
    let connected = sandbox.control().create_connected_account();
    post(&sandbox, &path, "features[]=balance")
        .key("k")
        .ok()
        .await;
    let theirs = post(&sandbox, &path, "features[]=balance").key("k");
    let reply = theirs.header("stripe-account", &connected).send().await;
    assert_eq!(reply.error().0, 404, "not a replay");
    let reply = get(&sandbox, "/accounts").key("k").send().await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("idempotency-key"), None);
}

#[tokio::test]
async fn a_key_is_new_again_after_a_day() {
    let (sandbox, path) = with_account().await;
    post(&sandbox, &path, "features[]=balance")
        .key("k")
        .ok()
        .await;
    sandbox.control().advance(Duration::from_secs(86_400));
    let reply = post(&sandbox, &path, "features[]=ownership")
        .key("k")
        .send()
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("idempotent-replayed"), None);
}

#[tokio::test]
async fn errors_of_an_execution_are_kept() {
    let (sandbox, _) = with_account().await;
    let path = "/accounts/fca_none/disconnect";
    let first = post(&sandbox, path, "").key("missing").send().await;
    let again = post(&sandbox, path, "").key("missing").send().await;
    assert_eq!((first.status, again.status), (404, 404));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
}

#[tokio::test]
async fn a_server_fault_within_an_execution_is_kept() {
    let (sandbox, path) = with_account().await;
    sandbox
        .control()
        .add_fault(Fault::status(500).stage(Stage::During));
    for replayed in [None, Some("true")] {
        let reply = post(&sandbox, &path, "features[]=balance")
            .key("k")
            .send()
            .await;
        assert_eq!(reply.error(), (500, "api_error", None, None));
        assert_eq!(reply.header("idempotent-replayed"), replayed);
    }
    assert_eq!(sandbox.control().effects_of_key("k"), 0);
}

#[tokio::test]
async fn validation_authentication_and_limits_are_not_kept() {
    let (sandbox, path) = with_account().await;
    let control = sandbox.control();
    let refused = post(&sandbox, &path, "features[]=nope")
        .key("k")
        .send()
        .await;
    assert_eq!(refused.status, 400);
    let refused = post(&sandbox, &path, "features[]=balance").key("k");
    assert_eq!(refused.without("authorization").send().await.status, 401);
    control.add_fault(Fault::rate_limit());
    let limited = post(&sandbox, &path, "features[]=balance")
        .key("k")
        .send()
        .await;
    assert_eq!(limited.status, 429);
    let reply = post(&sandbox, &path, "features[]=balance")
        .key("k")
        .send()
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("idempotent-replayed"), None);
}

#[tokio::test]
async fn a_key_in_flight_is_a_conflict_and_is_not_kept() {
    let (sandbox, path) = with_account().await;
    let control = sandbox.control();
    let held = control.hold(Operation::AccountsRefresh);
    let first = tokio::spawn(post(&sandbox, &path, "features[]=balance").key("k").send());
    held.arrived().await;

    let conflict = post(&sandbox, &path, "features[]=balance")
        .key("k")
        .send()
        .await;
    let in_use = Some("idempotency_key_in_use");
    assert_eq!(conflict.error(), (409, "idempotency_error", in_use, None));
    let mismatch = post(&sandbox, &path, "features[]=ownership")
        .key("k")
        .send()
        .await;
    assert_eq!(mismatch.status, 400);

    held.release();
    assert_eq!(first.await.unwrap().status, 200);
    let replay = post(&sandbox, &path, "features[]=balance")
        .key("k")
        .send()
        .await;
    assert_eq!(replay.header("idempotent-replayed"), Some("true"));
    assert_eq!(control.effects_of_key("k"), 1);
}

#[tokio::test]
async fn the_conflict_is_as_set() {
    let sandbox = Sandbox::builder()
        .settings(|settings| {
            settings.conflict_type = ConflictType::InvalidRequest;
            settings.conflict_should_retry = Some(true);
        })
        .start()
        .await
        .unwrap();
    let id = sandbox.control().create_account(&NewAccount::new());
    let path = format!("/accounts/{id}/disconnect");
    let held = sandbox.control().hold(Operation::AccountsDisconnect);
    let first = tokio::spawn(post(&sandbox, &path, "").key("k").send());
    held.arrived().await;
    let conflict = post(&sandbox, &path, "").key("k").send().await;
    assert_eq!(conflict.error().1, "invalid_request_error");
    assert_eq!(conflict.header("stripe-should-retry"), Some("true"));
    held.release();
    first.await.unwrap();
}

#[tokio::test]
async fn a_request_whose_client_hung_up_still_takes_effect() {
    let (sandbox, path) = with_account().await;
    let control = sandbox.control();
    let held = control.hold(Operation::AccountsRefresh);
    let first = tokio::spawn(post(&sandbox, &path, "features[]=balance").key("k").send());
    held.arrived().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    held.release();
    // A conflict until the first has ended, a replay from then on; never a second effect.
    let replay = loop {
        let reply = post(&sandbox, &path, "features[]=balance")
            .key("k")
            .send()
            .await;
        if reply.status != 409 {
            break reply;
        }
    };
    assert_eq!(replay.header("idempotent-replayed"), Some("true"));
    assert_eq!(control.effects_of_key("k"), 1);
}
