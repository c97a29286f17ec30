//! Going back: reset, snapshots, and the requests that are held meanwhile.

use reqwest::Method;
use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{Fault, NewAccount, Sandbox};

use crate::support::http::{Reply, get, post, request};

async fn call(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> Reply {
    request(sandbox, method, &format!("/_sandbox{path}"))
        .header("content-type", "application/json")
        .body(&body.to_string())
        .send()
        .await
}

#[tokio::test]
async fn a_reset_goes_back_to_the_start() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let start = control.now();
    let id = control.create_account(&NewAccount::new());
    control.advance(std::time::Duration::from_secs(9));
    control.add_fault(Fault::status(500));
    control
        .change_settings(|settings| settings.legacy_paths = true)
        .unwrap();
    let reply = call(&sandbox, Method::POST, "/reset", json!({})).await;
    assert_eq!(reply.status, 200);
    assert_eq!(control.now(), start);
    assert_eq!(control.accounts(), []);
    assert_eq!(control.clear_faults(), 0);
    assert_eq!(control.requests(), []);
    assert!(!control.settings().legacy_paths);
    // As at the start, to the last id.
    assert_eq!(control.create_account(&NewAccount::new()), id);
    get(&sandbox, &format!("/accounts/{id}")).ok().await;
}

#[tokio::test]
async fn a_snapshot_is_the_whole_state() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    let refresh = format!("/accounts/{id}/refresh");
    post(&sandbox, &refresh, "features[]=balance")
        .key("k")
        .ok()
        .await;
    let kept = call(&sandbox, Method::POST, "/snapshots", json!({})).await;
    let kept = kept.body["id"].as_str().unwrap().to_owned();
    let before = get(&sandbox, "/accounts").ok().await;
    control.end_refreshes();
    control.disconnect(&id).unwrap();
    let _other = control.create_account(&NewAccount::new());
    assert_ne!(get(&sandbox, "/accounts").ok().await, before);
    for _ in 0..2 {
        let path = format!("/snapshots/{kept}/restore");
        let reply = call(&sandbox, Method::POST, &path, json!({})).await;
        assert_eq!(reply.status, 200);
        assert_eq!(get(&sandbox, "/accounts").ok().await, before);
        let replay = post(&sandbox, &refresh, "features[]=balance").key("k");
        let replay = replay.send().await;
        assert_eq!(replay.header("idempotent-replayed"), Some("true"));
        control.disconnect(&id).unwrap();
    }
    let path = format!("/snapshots/{kept}");
    let dropped = call(&sandbox, Method::DELETE, &path, json!({})).await;
    assert_eq!(dropped.status, 200);
    let again = call(&sandbox, Method::DELETE, &path, json!({})).await;
    assert_eq!(again.status, 400);
}

#[tokio::test]
async fn requests_are_held_and_released_by_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    let hold = json!({"operation": "accounts.refresh"});
    let hold = call(&sandbox, Method::POST, "/holds", hold).await;
    let hold = hold.body["id"].as_str().unwrap().to_owned();
    let refresh = post(
        &sandbox,
        &format!("/accounts/{id}/refresh"),
        "features[]=balance",
    );
    let running = tokio::spawn(refresh.clone().key("k").send());
    loop {
        let holds = call(&sandbox, Method::GET, "/holds", json!({})).await.body;
        if holds["holds"][0]["arrived"] == true {
            break;
        }
    }
    let conflict = refresh.key("k").send().await;
    assert_eq!(conflict.error().2, Some("idempotency_key_in_use"));
    let path = format!("/holds/{hold}");
    let released = call(&sandbox, Method::DELETE, &path, json!({})).await;
    assert_eq!(released.status, 200);
    assert_eq!(running.await.unwrap().status, 200);
}

#[tokio::test]
async fn the_clock_is_set_frozen_and_resumed() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let now = control.now();
    let set = call(&sandbox, Method::POST, "/clock", json!({"set": now + 60})).await;
    assert_eq!(set.body, json!({"now": now + 60, "frozen": true}));
    let back = call(&sandbox, Method::POST, "/clock", json!({"set": now})).await;
    assert_eq!(back.status, 400);
    let running = call(&sandbox, Method::POST, "/clock", json!({"frozen": false})).await;
    assert_eq!(running.body["frozen"], false);
    assert!(running.body["now"].as_i64().unwrap() >= now + 60);
    let frozen = call(&sandbox, Method::POST, "/clock", json!({"frozen": true})).await;
    assert_eq!(frozen.body["frozen"], true);
    assert_eq!(frozen.body["now"], control.now());
}

#[tokio::test]
async fn faults_can_be_read_and_are_by_path_account_and_probability() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let [one, two] = [(); 2].map(|()| control.create_account(&NewAccount::new()));
    let faults = json!({"faults": [
        {"path": "/v1/events*", "reply": {"status": 501}},
        {"account": one, "reply": {"status": 502}, "times": 2},
        {"path": "*/accounts", "probability": 0.5, "times": 1000, "reply": {"status": 503}},
        {"probability": 0.0, "reply": {"status": 504}},
    ]});
    let added = call(&sandbox, Method::POST, "/faults", faults).await;
    assert_eq!(added.status, 200, "{}", added.body);
    let pending = call(&sandbox, Method::GET, "/faults", json!({})).await.body;
    assert_eq!(pending["faults"].as_array().unwrap().len(), 4);
    assert_eq!(pending["faults"][1]["account"], one.as_str());
    // What was read can be added again.
    let again = call(&sandbox, Method::POST, "/faults", pending).await;
    assert_eq!(again.status, 200, "{}", again.body);
    let status = async |path: String| get(&sandbox, &path).send().await.status;
    assert_eq!(status(format!("/accounts/{two}")).await, 200);
    assert_eq!(status(format!("/accounts/{one}")).await, 502);
    assert_eq!(status(format!("/transactions?account={one}")).await, 502);
    let events = request(&sandbox, Method::GET, "/v1/events/evt_1");
    assert_eq!(events.send().await.status, 501);
    let mut hit = 0;
    for _ in 0..60 {
        hit += u32::from(status("/accounts".to_owned()).await == 503);
    }
    // Two of them, each for every other request.
    assert!((30..60).contains(&hit), "{hit}");
}

#[tokio::test]
async fn a_state_is_saved_and_loaded_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    control.seed_default();
    control
        .create_webhook_endpoint(stripe_financial_connections_sandbox::NewEndpoint::new(
            "http://127.0.0.1:9/",
        ))
        .unwrap();
    let id = control.create_account(&NewAccount::new());
    let subscribe = format!("/accounts/{id}/subscribe");
    post(&sandbox, &subscribe, "features[]=transactions")
        .ok()
        .await;
    let saved = control.save().unwrap();
    let other = Sandbox::builder().seed(9).start().await.unwrap();
    other.control().load(&saved).unwrap();
    assert_eq!(other.control().save().unwrap(), saved);
    // They go on alike.
    for control in [control, other.control()] {
        control.advance(std::time::Duration::from_secs(3 * 86_400));
    }
    for path in [
        "/accounts?limit=100".to_owned(),
        format!("/transactions?account={id}"),
    ] {
        let (one, two) = (
            get(&sandbox, &path).ok().await,
            get(&other, &path).ok().await,
        );
        assert_eq!(one, two);
    }
}

#[tokio::test]
async fn a_damaged_state_is_refused_and_changes_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    control.seed_default();
    let saved: Value = serde_json::from_str(&control.save().unwrap()).unwrap();
    let before = control.save().unwrap();
    let set = |pointer: &str, value: Value| {
        let mut damaged = saved.clone();
        *damaged.pointer_mut(pointer).expect(pointer) = value;
        damaged.to_string()
    };
    for damaged in [
        String::new(),
        "[]".to_owned(),
        set("/format", json!(2)),
        set("/stripe_accounts", json!([])),
        set("/settings/refresh_seconds", json!(-1)),
        set("/ledgers/0/1/all_accounts", json!([9_999])),
        set(
            "/ledgers/0/1/accounts_by_customer",
            json!({"cus_1": [9_999]}),
        ),
        set("/ledgers/0/1/customer_accounts", json!({"acct_1": 9_999})),
        set(
            "/ledgers/0/1/accounts/0/1/transactions",
            json!([[0, 99_999]]),
        ),
        set("/ledgers/0/1/transactions/0/1/account", json!(9_999)),
        set("/ledgers/0/1/ownerships/0/1/account", json!(9_999)),
        set(
            "/ledgers/0/1/schedule",
            json!([[1, {"Break": {"account": 9_999}}]]),
        ),
        set(
            "/ledgers/0/1/accounts/1/0",
            saved["ledgers"][0][1]["accounts"][0][0].clone(),
        ),
    ] {
        let shown: String = damaged.chars().take(80).collect();
        assert!(control.load(&damaged).is_err(), "{shown}");
        assert_eq!(control.save().unwrap(), before);
    }
    control.load(&saved.to_string()).unwrap();
}
