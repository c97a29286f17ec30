//! Values of control calls: refused there, or answered by every list from then on.

use reqwest::Method;
use serde_json::{Value, json};
use stripe_financial_connections_sandbox::Sandbox;

use crate::support::http::{get, request};

/// Values of every kind that a caller may try.
fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(""),
        json!("a"),
        json!("A"),
        json!("usd"),
        json!("US DOLLAR"),
        json!("eur\u{0}"),
        json!("4242"),
        json!("12345678"),
        json!("٤٢٤٢"),
        json!("cus_none"),
        json!("x".repeat(5_000)),
        json!("é".repeat(5_000)),
        json!("x".repeat(6_000)),
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(1.5),
        json!(true),
        json!([]),
        json!(["balances"]),
        json!(["balances", "balances"]),
        json!(["balance"]),
        json!(["link"]),
        json!({}),
        json!({"current": 5}),
        json!({"current": i64::MAX}),
        json!({"current": 1, "available": i64::MIN}),
        json!([{"name": "A"}]),
        json!([{"name": "x".repeat(6_000)}]),
        json!([{"name": "A", "email": "x".repeat(6_000)}]),
    ]
}

const FIELDS: [&str; 16] = [
    "customer",
    "customer_account",
    "account",
    "category",
    "subcategory",
    "institution_name",
    "display_name",
    "last4",
    "permissions",
    "supported_payment_method_types",
    "balance",
    "currency",
    "owners",
    "transactions",
    "refreshed",
    "count",
];

#[tokio::test]
async fn what_is_accepted_can_be_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for field in FIELDS {
        for value in values() {
            let mut body = json!({"refreshed": ["balance", "ownership"]});
            body[field] = value;
            let sent = request(&sandbox, Method::POST, "/_sandbox/accounts");
            let sent = sent.header("content-type", "application/json");
            let reply = sent.body(&body.to_string()).send().await;
            let shown: String = body.to_string().chars().take(120).collect();
            match reply.status {
                200 => accepted += 1,
                400 => refused += 1,
                other => panic!("{other} for {shown}: {}", reply.body),
            }
            let list = get(
                &sandbox,
                "/accounts?expand[]=data.ownership&expand[]=data.account_holder",
            );
            let list = list.send().await;
            assert_eq!(list.status, 200, "after {shown}: {}", list.body);
        }
    }
    assert!(accepted > 50 && refused > 150, "{accepted} {refused}");
}

#[tokio::test]
async fn what_the_bank_is_given_can_be_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&stripe_financial_connections_sandbox::NewAccount::new());
    let long = "x".repeat(5_001);
    for (action, body) in [
        ("balance", json!({"current": i64::MAX})),
        ("balance", json!({"current": 1, "available": i64::MIN})),
        ("owners", json!({"owners": [{"name": long}]})),
        (
            "owners",
            json!({"owners": [{"name": "A", "raw_address": long}]}),
        ),
        (
            "transactions",
            json!({"transactions": [{"amount": i64::MIN}]}),
        ),
        (
            "transactions",
            json!({"transactions": [{"amount": 1, "description": long}]}),
        ),
        (
            "transactions",
            json!({"transactions": [{"amount": 1, "transacted_at": -1}]}),
        ),
        (
            "transactions",
            json!({"transactions": [{"amount": 1, "transacted_at": 1_795_662_106_000_i64}]}),
        ),
        (
            "expect_deactivation",
            json!({"date": 1_795_662_106_000_i64}),
        ),
        ("expect_deactivation", json!({"date": i64::MIN})),
        (
            "account_number",
            json!({"status": "transactable", "expected_expiry_date": i64::MAX}),
        ),
        ("account_number", json!({"status": "nope"})),
        ("payment_method_types", json!({"types": ["card"]})),
    ] {
        let path = format!("/_sandbox/accounts/{id}/{action}");
        let sent = request(&sandbox, Method::POST, &path);
        let sent = sent.header("content-type", "application/json");
        let reply = sent.body(&body.to_string()).send().await;
        assert_eq!(reply.status, 400, "{action} {body}");
    }
}
