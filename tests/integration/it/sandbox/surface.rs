//! The control interface and its own document agree.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{EventStyle, NewAccount, NewEndpoint, Sandbox};

use crate::support::http::{get, post, request};

async fn document(sandbox: &Sandbox) -> Value {
    let document = request(sandbox, Method::GET, "/_sandbox/openapi.json");
    document.ok().await
}

/// Every call of the document: its method, its path, and what it says.
fn calls(document: &Value) -> Vec<(Method, String, Value)> {
    let mut calls = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            calls.push((method, path.clone(), call.clone()));
        }
    }
    calls
}

#[tokio::test]
async fn the_document_is_openapi_and_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let document = document(&sandbox).await;
    assert_eq!(document["openapi"], "3.1.0");
    assert!(calls(&document).len() > 40);
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    let mut names = BTreeSet::new();
    for (method, path, call) in calls(&document) {
        assert!(call["summary"].is_string(), "{method} {path}");
        let name = format!("{method} {path}");
        assert!(names.insert(name));
    }
    let listed = request(&sandbox, Method::GET, "/_sandbox").ok().await;
    let listed: BTreeSet<String> = listed.as_object().unwrap().keys().cloned().collect();
    assert_eq!(listed, names);
}

/// Whether a value goes with a schema of the document.
fn check(document: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = json!({"allOf": [schema], "components": document["components"]});
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{at}: {errors:?} in {value}");
}

#[tokio::test]
async fn every_call_of_the_document_is_there_and_answers_as_it_says() {
    let sandbox = Sandbox::start().await.unwrap();
    let document = document(&sandbox).await;
    let control = sandbox.control();
    for (method, path, call) in calls(&document) {
        let account = control.create_account(&NewAccount::new());
        let url = path.replace("{id}", &account);
        for body in ["{}", "{\"nope\": 1}", "[]", "nope"] {
            let sent = request(&sandbox, method.clone(), &url);
            let sent = sent.header("content-type", "application/json");
            let reply = sent.body(body).send().await;
            let at = format!("{method} {path} {body}");
            assert_ne!(reply.status, 404, "{at}");
            assert!(reply.status < 500, "{at}: {}", reply.body);
            if reply.status != 415 {
                let status = reply.status.to_string();
                let said = &call["responses"][&status]["content"]["application/json"]["schema"];
                assert!(said.is_object(), "{at}: {status} is not said");
                check(&document, said, &reply.body, &at);
            }
            let takes_a_body = call.get("requestBody").is_some();
            if takes_a_body && body != "{}" {
                assert_eq!(reply.status, 400, "{at}");
            }
        }
    }
    assert_eq!(sandbox.violations(), [""; 0]);
}

#[tokio::test]
async fn triggers_cause_every_event_of_an_account() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let thin = NewEndpoint::new("http://127.0.0.1:9/").style(EventStyle::Thin);
    control.create_webhook_endpoint(thin).unwrap();
    for name in [
        "created",
        "deactivated",
        "disconnected",
        "reactivated",
        "refreshed_balance",
        "refreshed_ownership",
        "refreshed_transactions",
        "account_numbers_updated",
        "upcoming_account_number_expiry",
        "expected_deactivation_date_updated",
        "supported_payment_method_types_updated",
        "upcoming_deactivation",
    ] {
        let kind = format!("financial_connections.account.{name}");
        let sent = request(&sandbox, Method::POST, "/_sandbox/trigger");
        let sent = sent.header("content-type", "application/json");
        let sent = sent.body(&json!({"type": kind}).to_string());
        let id = sent.ok().await["id"].as_str().unwrap().to_owned();
        let event = request(&sandbox, Method::GET, &format!("/v1/events/{id}"));
        let event = event.ok().await;
        assert_eq!(event["type"], kind.as_str());
        let account = event["data"]["object"]["id"].as_str().unwrap();
        get(&sandbox, &format!("/accounts/{account}")).ok().await;
        if name != "created" && name != "disconnected" {
            let again = control.trigger(&kind, Some(account)).unwrap();
            assert_ne!(again, id, "{name}");
        }
    }
    assert!(
        control
            .trigger("financial_connections.account.nope", None)
            .is_err()
    );
    assert!(control.trigger("charge.succeeded", None).is_err());
}

#[tokio::test]
async fn test_institutions_behave_as_their_names_say() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let at = |name: &str| NewAccount::new().institution(name);
    for down in ["Down (Scheduled)", "Down (Unscheduled)", "Down (Error)"] {
        assert!(control.try_create_account(&at(down)).is_err(), "{down}");
    }
    let of = async |id: &str| get(&sandbox, &format!("/accounts/{id}")).ok().await;
    let unpayable = control.create_account(&at("Invalid Payment Accounts"));
    let unpayable = of(&unpayable).await;
    assert_eq!(unpayable["supported_payment_method_types"], json!([]));
    let numbers: Vec<String> = (0..3)
        .map(|_| control.create_account(&at("Tokenized Account Number")))
        .collect();
    let first = of(&numbers[0]).await;
    assert_eq!(first["account_numbers"][0]["status"], "deactivated");
    let second = of(&numbers[1]).await["account_numbers"][0].take();
    assert_eq!(second["expected_expiry_date"], control.now() + 30 * 86_400);
    let inactive = control.create_account(&at("Inactive Accounts"));
    let reauthenticates = control.create_account(&at("Immediately Requires Reauthentication"));
    let eventually = control.create_account(&at("Eventually Requires Reauthentication"));
    control.advance(std::time::Duration::from_secs(120));
    assert_eq!(of(&inactive).await["status"], "inactive");
    assert_eq!(of(&reauthenticates).await["status"], "inactive");
    control.reactivate(&reauthenticates).unwrap();
    let date =
        &of(&reauthenticates).await["status_details"]["active"]["expected_deactivation_date"];
    assert_eq!(*date, control.now() + 86_400);
    control.advance(std::time::Duration::from_secs(86_400));
    assert_eq!(of(&reauthenticates).await["status"], "inactive");
    assert_eq!(of(&eventually).await["status"], "active");
    control.advance(std::time::Duration::from_secs(30 * 86_400));
    assert_eq!(of(&eventually).await["status"], "inactive");
}

#[tokio::test]
async fn a_subscribed_account_has_new_transactions_every_day() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    let subscribe = format!("/accounts/{id}/subscribe");
    post(&sandbox, &subscribe, "features[]=transactions")
        .ok()
        .await;
    let mut before = 0;
    for _ in 0..3 {
        control.advance(std::time::Duration::from_secs(86_460));
        let list = get(&sandbox, &format!("/transactions?account={id}&limit=100"));
        let count = list.send().await.ids().len();
        assert!(count > before, "{count}");
        before = count;
    }
}
