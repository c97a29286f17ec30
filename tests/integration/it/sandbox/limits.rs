//! Careless input: it is refused with what is wrong, and stalls nobody.

use std::fmt::Write;

use reqwest::Method;
use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

use crate::support::http::{Reply, get, post, request};

async fn control(sandbox: &Sandbox, path: &str, body: &Value) -> Reply {
    request(sandbox, Method::POST, &format!("/_sandbox{path}"))
        .header("content-type", "application/json")
        .body(&body.to_string())
        .send()
        .await
}

fn form(parameters: usize) -> String {
    (0..parameters).fold(String::new(), |mut form, at| {
        write!(form, "p{at}=1&").unwrap();
        form
    })
}

#[tokio::test]
async fn a_request_has_a_thousand_parameters_at_most() {
    let sandbox = Sandbox::start().await.unwrap();
    let unknown = post(&sandbox, "/sessions", &form(999)).send().await;
    assert_eq!(unknown.error().2, Some("parameter_unknown"));
    assert!(unknown.message().len() < 3_000);
    for parameters in [1_001, 100_000] {
        let form = form(parameters);
        for reply in [
            post(&sandbox, "/sessions", &form).send().await,
            get(
                &sandbox,
                &format!("/accounts?{}", &form[..form.len().min(50_000)]),
            )
            .send()
            .await,
        ] {
            assert_eq!(reply.error().0, 400);
            assert!(reply.message().contains("1000 parameters"), "{reply:?}");
        }
    }
}

#[tokio::test]
async fn a_control_call_that_is_rejected_has_changed_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let handle = sandbox.control();
    let account = handle.create_account(&NewAccount::new());
    let customer = handle.create_customer();
    let session = format!(
        "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=balances"
    );
    let session = post(&sandbox, "/sessions", &session).ok().await;
    let complete = format!("/sessions/{}/complete", session["id"].as_str().unwrap());
    let of = |action: &str| format!("/accounts/{account}/{action}");
    let now = handle.now();
    let before = get(&sandbox, "/accounts").ok().await;
    for (path, body) in [
        // A misspelt field of every call that changes something.
        ("/accounts", json!({"count": 2, "instituton_name": "A"})),
        ("/accounts?livemod=true", json!({"count": 2})),
        ("/customers", json!({"cont": 2})),
        ("/connected_accounts", json!({"nope": 1})),
        (complete.as_str(), json!({"accounts": [{}], "nope": 1})),
        (complete.as_str(), json!({"accounts": [{}, {"nope": 1}]})),
        (complete.as_str(), json!({"accounts": [{}, {"last4": "x"}]})),
        (&of("deactivate"), json!({"nope": 1})),
        (&of("disconnect"), json!({"nope": 1})),
        (&of("balance"), json!({"current": 1, "nope": 1})),
        (&of("owners"), json!({"owners": [], "nope": 1})),
        (&of("owners"), json!({"owners": [{"name": "A", "nope": 1}]})),
        (
            &of("transactions"),
            json!({"transactions": [{"amount": 1}, {"amount": 1, "at": 1}]}),
        ),
        (&of("payment_method_types"), json!({"types": [], "nope": 1})),
        (
            &of("expect_deactivation"),
            json!({"date": now + 9, "nope": 1}),
        ),
        ("/clock", json!({"advance": 5, "nope": 1})),
        ("/clock", json!({"advance": 5, "set": now + 7})),
        (
            "/faults",
            json!({"faults": [{"reply": "reset"}, {"reply": "nope"}]}),
        ),
        ("/rate_limits", json!({"enabled": true, "nope": 1})),
        ("/seed", json!({"accounts": 3, "nope": 1})),
        (
            "/webhook_endpoints",
            json!({"url": "http://127.0.0.1:9/", "nope": 1}),
        ),
        ("/reset", json!({"nope": 1})),
        // Amounts that would stall the sandbox, or take all of the memory.
        ("/accounts", json!({"count": 500_000})),
        ("/accounts", json!({"count": 100_000, "transactions": 1})),
        ("/accounts", json!({"count": 200, "transactions": 1_000})),
        ("/accounts", json!({"transactions": 1_001})),
        (
            &of("transactions"),
            json!({"transactions": vec![json!({"amount": 1}); 1_001]}),
        ),
        (
            "/accounts",
            json!({"count": u64::MAX, "transactions": 10_000}),
        ),
        ("/customers", json!({"count": 100_001})),
        ("/seed", json!({"accounts": 100_001})),
        ("/clock", json!({"advance": 1_795_662_106_000_u64})),
        ("/clock", json!({"advance": u64::MAX})),
        ("/clock", json!({"set": 1_795_662_106_000_u64})),
        ("/clock", json!({"set": 1})),
        ("/faults", json!({"faults": vec![json!({}); 1_001]})),
        ("/faults", json!({"faults": [{"delay_ms": 600_001}]})),
        (
            "/webhook_endpoints",
            json!({"url": "http://127.0.0.1:9/", "copies": u32::MAX}),
        ),
    ] {
        let reply = control(&sandbox, path, &body).await;
        assert_eq!(reply.status, 400, "{path} {body}");
        assert!(!reply.message().is_empty(), "{path} {body}");
        assert!(reply.header("request-id").is_some(), "{path} {body}");
    }
    handle.end_refreshes();
    assert_eq!(handle.now(), now);
    assert_eq!(get(&sandbox, "/accounts").ok().await, before);
    assert_eq!(handle.clear_faults(), 0);
    assert_eq!(handle.webhook_endpoints(), []);
    let done = control(&sandbox, &complete, &json!({"accounts": [{}]})).await;
    assert_eq!(done.status, 200, "{}", done.body);
}

#[tokio::test]
async fn control_calls_take_json_and_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let sent = request(&sandbox, Method::POST, "/_sandbox/accounts");
        let reply = sent.header("content-type", kind).body("{}").send().await;
        assert_eq!(reply.status, 415, "{kind}");
    }
    assert_eq!(sandbox.control().accounts(), []);
}

#[tokio::test]
async fn ten_years_with_a_subscription_pass() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = sandbox.control().create_account(&NewAccount::new());
    let subscribe = format!("/accounts/{id}/subscribe");
    post(&sandbox, &subscribe, "features[]=transactions")
        .ok()
        .await;
    let ten_years = json!({"advance": 3_652 * 86_400});
    let reply = control(&sandbox, "/clock", &ten_years).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let events = request(&sandbox, Method::GET, "/v1/events?limit=100");
    let events = events.ok().await;
    // One each day, of the last thirty.
    let count = events["data"].as_array().unwrap().len();
    assert!((30..=31).contains(&count), "{count}");
}

#[tokio::test]
async fn the_log_keeps_little_of_large_bodies_and_is_read_in_pages() {
    let sandbox = Sandbox::start().await.unwrap();
    let large = "a".repeat(1_000_000);
    for _ in 0..150 {
        let reply = post(&sandbox, "/sessions", &large).send().await;
        assert_eq!(reply.status, 400);
    }
    let requests = sandbox.control().requests();
    assert_eq!(requests.len(), 150);
    assert_eq!(requests[0].body_length, 1_000_000);
    assert_eq!(requests[0].body.len(), 64 << 10);
    let page = |query: &'static str| request(&sandbox, Method::GET, query).ok();
    let first = page("/_sandbox/requests").await;
    assert_eq!(first["requests"].as_array().unwrap().len(), 100);
    assert_eq!(first["has_more"], true);
    let rest = page("/_sandbox/requests?after=100&limit=1000").await;
    assert_eq!(rest["requests"].as_array().unwrap().len(), 50);
    assert_eq!(rest["requests"][0]["number"], 101);
    assert_eq!(rest["has_more"], false);
    let too_many = request(&sandbox, Method::GET, "/_sandbox/requests?limit=1001");
    assert_eq!(too_many.send().await.status, 400);
}

#[tokio::test]
async fn a_page_of_events_costs_what_it_is_long() {
    let sandbox = Sandbox::start().await.unwrap();
    for _ in 0..500 {
        let _account = sandbox.control().create_account(&NewAccount::new());
    }
    request(&sandbox, Method::GET, "/v1/events?limit=1")
        .ok()
        .await;
    assert_eq!(sandbox.control().requests()[0].looked_at, 2);
}
