//! Older versions: what they lack in requests and in responses.

use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{
    AccountNumber, AccountNumberStatus, Feature, NewAccount, NewEndpoint, Sandbox,
};

use crate::support::http::{Reply, get, post, request};

async fn session(sandbox: &Sandbox, version: &str, more: &str) -> Reply {
    let customer = sandbox.control().create_customer();
    let form = format!(
        "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=balances{more}"
    );
    let sent = post(sandbox, "/sessions", &form).header("stripe-version", version);
    sent.send().await
}

#[tokio::test]
async fn countries_are_a_list_until_endive_and_one_from_then_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let (list, one) = ("&filters[countries][]=US", "&filters[country]=US");
    for (version, shown) in [
        ("2020-08-27", json!({"countries": ["US"]})),
        ("2024-06-20", json!({"countries": ["US"]})),
        ("2025-12-15.clover", json!({"countries": ["US"]})),
        (
            "2026-08-26.dahlia",
            json!({"countries": ["US"], "country": "US"}),
        ),
    ] {
        let reply = session(&sandbox, version, list).await;
        assert_eq!(reply.status, 200, "{version}: {}", reply.body);
        let mut filters = reply.body["filters"].clone();
        let filters = filters.as_object_mut().unwrap();
        filters.retain(|name, _| name.starts_with("countr"));
        assert_eq!(json!(filters), shown, "{version}");
        let refused = session(&sandbox, version, one).await;
        assert_eq!(refused.error().3, Some("filters[country]"), "{version}");
    }
    for version in ["2026-09-30.endive", "2026-10-28.endive"] {
        assert_eq!(session(&sandbox, version, one).await.status, 200);
        let refused = session(&sandbox, version, list).await;
        assert_eq!(refused.error().3, Some("filters[countries]"), "{version}");
    }
}

#[tokio::test]
async fn a_field_is_there_from_its_version_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let new = NewAccount::new().refreshed(Feature::ALL.iter().copied());
    let id = control.create_account(&new);
    let number = AccountNumber::new(AccountNumberStatus::Transactable);
    control.set_account_number(&id, number).unwrap();
    let path = format!("/accounts/{id}");
    let at = async |version: &'static str| -> Value {
        let sent = get(&sandbox, &path).header("stripe-version", version);
        sent.ok().await
    };
    let rows: [(&str, [bool; 3]); 4] = [
        ("2022-08-01", [false, false, false]),
        ("2023-10-16", [false, true, true]),
        ("2025-10-29.clover", [false, true, true]),
        ("2025-11-17.clover", [true, true, true]),
    ];
    for (version, there) in rows {
        let account = at(version).await;
        let fields = ["account_numbers", "subscriptions", "transaction_refresh"];
        for (name, there) in fields.into_iter().zip(there) {
            assert_eq!(account.get(name).is_some(), there, "{version} {name}");
        }
        let list = get(&sandbox, "/accounts").header("stripe-version", version);
        assert_eq!(list.ok().await["data"][0], account, "{version}");
    }
    for (version, there) in [("2026-06-24.dahlia", false), ("2026-07-29.dahlia", true)] {
        let reply = session(&sandbox, version, "").await;
        assert_eq!(reply.body.get("manual_entry").is_some(), there, "{version}");
        let reply = session(&sandbox, version, "&manual_entry[mode]=automatic").await;
        assert_eq!(reply.status == 200, there, "{version}");
    }
}

#[tokio::test]
async fn the_version_of_an_account_and_of_an_endpoint_are_their_own() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    control
        .change_settings(|settings| settings.default_version = "2022-11-15".to_owned())
        .unwrap();
    let account = get(&sandbox, &format!("/accounts/{id}")).send().await;
    assert_eq!(account.header("stripe-version"), Some("2022-11-15"));
    assert_eq!(account.body.get("subscriptions"), None);
    let events = request(&sandbox, reqwest::Method::GET, "/v1/events");
    let event = events.ok().await["data"][0].clone();
    assert_eq!(event["api_version"], "2022-11-15");
    assert_eq!(event["data"]["object"].get("subscriptions"), None);
    let wrong = NewEndpoint::new("http://127.0.0.1:9/").api_version("2022-11-16");
    assert!(control.create_webhook_endpoint(wrong).is_err());
}

#[tokio::test]
async fn versions_of_long_ago_and_of_previews_are_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let at = |version: &str| get(&sandbox, "/accounts").header("stripe-version", version);
    for version in ["2011-01-01", "2015-10-16", "2019-12-03", "2020-03-02"] {
        at(version).ok().await;
    }
    for version in ["2011-01-02", "2016-01-01", "2020-08-28", "2026-09-30"] {
        assert_eq!(at(version).send().await.status, 400, "{version}");
    }
    let preview = session(&sandbox, "2026-09-30.preview", "&ui_mode=hosted").await;
    assert_eq!(preview.error().2, Some("parameter_unknown"));
    assert!(preview.message().contains("preview"), "{preview:?}");
}

#[tokio::test]
async fn large_numbers_are_clamped_and_spellings_are_the_same_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = sandbox.control().create_account(&NewAccount::new());
    for limit in [
        "99999999999999999999",
        &"9".repeat(60),
        &format!("-{}", "9".repeat(60)),
    ] {
        get(&sandbox, &format!("/accounts?limit={limit}"))
            .ok()
            .await;
    }
    let wrong = get(&sandbox, "/accounts?limit=9e99").send().await;
    assert_eq!(wrong.error().2, Some("parameter_invalid_integer"));
    let refresh = format!("/accounts/{id}/refresh");
    let send = |form: &'static str| post(&sandbox, &refresh, form).key("k").send();
    let first = send("features[]=balance&features[]=ownership").await;
    let again = send("features[0]=balance&features%5B1%5D=ownership").await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.body, first.body);
    for other in [
        "features[]=ownership&features[]=balance",
        "features[]=balance",
        "features=x",
    ] {
        let mismatch = send(other).await;
        assert_eq!(mismatch.error().1, "idempotency_error", "{other}");
    }
}
