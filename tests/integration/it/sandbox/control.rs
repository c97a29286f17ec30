//! The control surface over HTTP.

use reqwest::Method;
use serde_json::{Value, json};
use stripe_financial_connections_sandbox::Sandbox;

use crate::support::http::{Reply, get, post, request};

async fn control(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> Reply {
    let request = request(sandbox, method, &format!("/_sandbox{path}"));
    let request = request.header("content-type", "application/json");
    request.body(&body.to_string()).send().await
}

async fn ok(sandbox: &Sandbox, path: &str, body: Value) -> Value {
    let reply = control(sandbox, Method::POST, path, body).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    reply.body
}

#[tokio::test]
async fn everything_the_handle_does_can_be_done_over_http() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = ok(&sandbox, "/customers", json!({})).await["ids"][0].take();
    let new = json!({
        "customer": customer,
        "category": "credit",
        "subcategory": "credit_card",
        "institution_name": "A Bank",
        "display_name": "A Card",
        "last4": "4242",
        "permissions": ["balances", "transactions"],
        "supported_payment_method_types": ["link"],
        "balance": {"current": -100, "available": 100},
        "currency": "eur",
        "owners": [{"name": "A B", "email": "a@example.com"}],
        "transactions": 3,
        "refreshed": ["balance"],
        "count": 2,
    });
    let ids = ok(&sandbox, "/accounts", new).await["ids"].take();
    let id = ids[1].as_str().unwrap();
    let account = get(&sandbox, &format!("/accounts/{id}")).ok().await;
    assert_eq!(account["account_holder"]["customer"], customer);
    assert_eq!(account["institution_name"], "A Bank");
    assert_eq!(account["balance"]["credit"]["used"], json!({"eur": 100}));
    assert_eq!(account["permissions"], json!(["balances", "transactions"]));

    let path = format!("/accounts/{id}");
    let of = |action: &str| format!("{path}/{action}");
    let transactions = json!({"transactions": [{"amount": -5, "description": "Tea", "status": "pending", "transacted_at": 1_790_000_000}]});
    ok(&sandbox, &of("transactions"), transactions).await;
    ok(&sandbox, &of("balance"), json!({"current": -7})).await;
    ok(&sandbox, &of("owners"), json!({"owners": [{"name": "C"}]})).await;
    ok(&sandbox, "/clock", json!({"advance": 60})).await;
    let form = "features[]=transactions&features[]=balance";
    post(&sandbox, &of("refresh"), form).ok().await;
    ok(
        &sandbox,
        &of("fail_next_refresh"),
        json!({"feature": "balance"}),
    )
    .await;
    ok(&sandbox, "/refreshes/end", json!({})).await;
    let account = get(&sandbox, &path).ok().await;
    assert_eq!(account["balance_refresh"]["status"], "failed");
    let list = get(&sandbox, &format!("/transactions?account={id}"))
        .send()
        .await;
    assert_eq!(list.ids().len(), 4);
    ok(
        &sandbox,
        &format!("/transactions/{}", list.ids()[3]),
        json!({"status": "void"}),
    )
    .await;

    ok(
        &sandbox,
        &of("expect_deactivation"),
        json!({"date": 2_000_000_000, "cause": "access_expired"}),
    )
    .await;
    for (action, status) in [
        ("deactivate", "inactive"),
        ("reactivate", "active"),
        ("disconnect", "disconnected"),
    ] {
        ok(&sandbox, &of(action), json!({})).await;
        assert_eq!(get(&sandbox, &path).ok().await["status"], status);
    }

    let form = format!(
        "account_holder[type]=customer&account_holder[customer]={}&permissions[]=balances",
        customer.as_str().unwrap()
    );
    let session = post(&sandbox, "/sessions", &form).ok().await;
    let complete = format!("/sessions/{}/complete", session["id"].as_str().unwrap());
    ok(
        &sandbox,
        &complete,
        json!({"accounts": [{"category": "cash", "subcategory": "savings"}]}),
    )
    .await;

    let key = ok(
        &sandbox,
        "/keys",
        json!({"kind": "restricted", "operations": ["accounts.list"]}),
    )
    .await;
    let bearer = format!("Bearer {}", key["key"].as_str().unwrap());
    let restricted = |path: &str| get(&sandbox, path).header("authorization", &bearer).send();
    assert_eq!(restricted("/accounts").await.status, 200);
    assert_eq!(restricted(&path).await.status, 403);

    let connected = ok(&sandbox, "/connected_accounts", json!({})).await["id"].take();
    let connected = connected.as_str().unwrap();
    ok(
        &sandbox,
        &format!("/accounts?account={connected}"),
        json!({}),
    )
    .await;
    let theirs = get(&sandbox, "/accounts")
        .header("stripe-account", connected)
        .send()
        .await;
    assert_eq!(theirs.ids().len(), 1);

    ok(&sandbox, "/seed", json!({"accounts": 30})).await;
    let all = control(&sandbox, Method::GET, "/accounts", json!({})).await;
    assert_eq!(all.body["accounts"].as_array().unwrap().len(), 33);
}

#[tokio::test]
async fn faults_limits_requests_and_effects_are_data() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = ok(&sandbox, "/accounts", json!({})).await["ids"][0].take();
    let path = format!("/accounts/{}/refresh", account.as_str().unwrap());
    let faults = json!({"faults": [
        {"operation": "accounts.refresh", "reply": "reset", "stage": "after"},
        {"operation": "accounts.refresh", "reply": {"status": 503, "body": "<html>", "content_type": "text/html"}, "headers": {"x-proxy": "yes"}},
        {"operation": "accounts.refresh", "reply": {"status": 429, "code": "lock_timeout"}, "skip": 1, "delay_ms": 1},
    ]});
    ok(&sandbox, "/faults", faults).await;
    let send = || post(&sandbox, &path, "features[]=balance").key("k");
    assert!(send().try_send().await.is_err());
    let html = send().send().await;
    assert_eq!((html.status, html.header("x-proxy")), (503, Some("yes")));
    assert_eq!(
        send().send().await.header("idempotent-replayed"),
        Some("true")
    );
    assert_eq!(send().send().await.error().2, Some("lock_timeout"));

    let effects = control(&sandbox, Method::GET, "/effects", json!({}))
        .await
        .body;
    assert_eq!(
        effects,
        json!({"operations": {"accounts.refresh": 1}, "idempotency_keys": {"k": 1}})
    );
    let requests = control(&sandbox, Method::GET, "/requests", json!({}))
        .await
        .body;
    assert_eq!(requests["requests"][2]["replayed"], true);
    control(&sandbox, Method::DELETE, "/requests", json!({})).await;
    let requests = control(&sandbox, Method::GET, "/requests", json!({}))
        .await
        .body;
    assert_eq!(requests["requests"], json!([]));

    ok(
        &sandbox,
        "/faults",
        json!({"faults": [{"reply": "truncated", "times": 5}]}),
    )
    .await;
    let forgotten = control(&sandbox, Method::DELETE, "/faults", json!({}))
        .await
        .body;
    assert_eq!(forgotten["forgotten"], 1);
    ok(&sandbox, "/rate_limits", json!({"enabled": true})).await;
    for _ in 0..25 {
        get(&sandbox, "/accounts").ok().await;
    }
    assert_eq!(get(&sandbox, "/accounts").send().await.status, 429);
}

#[tokio::test]
async fn what_is_not_understood_is_said() {
    let sandbox = Sandbox::start().await.unwrap();
    for (path, body, says) in [
        ("/accounts", json!({"nope": 1}), "unknown field `nope`"),
        (
            "/accounts",
            json!({"transactions": -1}),
            "invalid value: integer `-1`",
        ),
        (
            "/accounts",
            json!({"category": "cash", "subcategory": "mortgage"}),
            "do not go together",
        ),
        (
            "/accounts",
            json!({"refreshed": ["balances"]}),
            "unknown variant `balances`",
        ),
        ("/accounts?nope=1", json!({}), "unknown field `nope`"),
        (
            "/accounts/fca_none/deactivate",
            json!({}),
            "there is no account fca_none",
        ),
        (
            "/sessions/fcsess_none/complete",
            json!({"accounts": []}),
            "there is no session",
        ),
        (
            "/transactions/fctxn_none",
            json!({"status": "posted"}),
            "there is no transaction",
        ),
        (
            "/faults",
            json!({"faults": [{"reply": "explode"}]}),
            "there is no reply",
        ),
        (
            "/faults",
            json!({"faults": [{"reply": {"status": 7}}]}),
            "`status` must be from 200 to 599",
        ),
        (
            "/faults",
            json!({"faults": [{"operation": "nope"}]}),
            "unknown variant `nope`",
        ),
        (
            "/webhook_endpoints",
            json!({"url": "ftp://example.com"}),
            "and not to ftp",
        ),
        (
            "/keys",
            json!({"kind": "master"}),
            "unknown variant `master`",
        ),
        ("/clock", json!([]), "the body is wrong"),
    ] {
        let reply = control(&sandbox, Method::POST, path, body.clone()).await;
        assert_eq!(reply.status, 400, "{path} {body}");
        let error = reply.message();
        assert!(error.contains(says), "{path} {body}: {error}");
    }
    let lost = control(&sandbox, Method::GET, "/nowhere", json!({})).await;
    assert_eq!(lost.status, 404);
    let help = control(&sandbox, Method::GET, "", json!({})).await;
    assert!(help.body.as_object().unwrap().len() > 20);
}
