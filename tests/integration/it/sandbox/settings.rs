//! Settings over HTTP.

use reqwest::Method;
use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{LimitPolicy, Sandbox, Settings};

use crate::support::http::{Reply, get, request};

async fn patch(sandbox: &Sandbox, body: &Value) -> Reply {
    request(sandbox, Method::PATCH, "/_sandbox/settings")
        .header("content-type", "application/json")
        .body(&body.to_string())
        .send()
        .await
}

#[tokio::test]
async fn every_setting_can_be_read_and_changed() {
    let sandbox = Sandbox::start().await.unwrap();
    let shown = request(&sandbox, Method::GET, "/_sandbox/settings");
    let shown = shown.ok().await;
    let known: Settings = serde_json::from_value(shown.clone()).unwrap();
    assert_eq!(known, Settings::default());
    assert!(shown.as_object().unwrap().len() >= 30, "{shown}");
    // What is given back is what was taken.
    let reply = patch(&sandbox, &shown).await;
    assert_eq!((reply.status, reply.body), (200, shown.clone()));
    for (name, value) in shown.as_object().unwrap() {
        let reply = patch(&sandbox, &json!({name: value})).await;
        assert_eq!(reply.status, 200, "{name}");
        let wrong = patch(&sandbox, &json!({name: {"nope": {}}})).await;
        assert_eq!(wrong.status, 400, "{name}");
    }
}

#[tokio::test]
async fn a_change_holds_from_the_next_request_on() {
    let sandbox = Sandbox::start().await.unwrap();
    get(&sandbox, "/accounts?limit=500").ok().await;
    let reply = patch(&sandbox, &json!({"out_of_range_limit": "refuse"})).await;
    assert_eq!(reply.status, 200);
    let refused = get(&sandbox, "/accounts?limit=500").send().await;
    assert_eq!(refused.status, 400);
    let settings = sandbox.control().settings();
    assert_eq!(settings.out_of_range_limit, LimitPolicy::Refuse);
}

#[tokio::test]
async fn a_wrong_value_changes_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for body in [
        json!({"nope": 1}),
        json!({"legacy_paths": true, "nope": 1}),
        json!({"legacy_paths": true, "refresh_seconds": -1}),
        json!({"legacy_paths": true, "refresh_cooldown_seconds": i64::MAX}),
        json!({"legacy_paths": true, "webhook_retry_seconds": [-1]}),
        json!({"legacy_paths": true, "webhook_retry_seconds": vec![1; 21]}),
        json!({"legacy_paths": true, "default_version": "2026-01-01"}),
        json!({"legacy_paths": true, "account_noun": ""}),
        json!({"legacy_paths": true, "daily_transactions": 1_000_000}),
        json!({"restricted_keys": {"rk_test_1": ["nope"]}}),
        json!([]),
    ] {
        let reply = patch(&sandbox, &body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert_eq!(sandbox.control().settings(), Settings::default(), "{body}");
    }
}
