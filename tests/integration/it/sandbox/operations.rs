//! The sandbox's eleven operations where nothing goes wrong.

use std::time::Duration;

use stripe_financial_connections_sandbox::{AccountKind, Feature, NewAccount, Sandbox};

use crate::support::http::{get, post};

#[tokio::test]
async fn an_account_is_linked_refreshed_subscribed_to_and_disconnected() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let id = control.create_account(&NewAccount::new().customer(&customer).transactions(5));

    let account = get(&sandbox, &format!("/accounts/{id}")).ok().await;
    assert_eq!(account["status"], "active");
    assert_eq!(account["balance"], serde_json::Value::Null);

    let path = format!("/accounts/{id}/refresh");
    let account = post(
        &sandbox,
        &path,
        "features[]=balance&features[]=transactions",
    )
    .ok()
    .await;
    assert_eq!(account["balance_refresh"]["status"], "pending");
    assert_eq!(account["transaction_refresh"]["status"], "pending");

    let account = get(&sandbox, &format!("/accounts/{id}")).ok().await;
    assert_eq!(account["balance_refresh"]["status"], "pending");
    let account = get(&sandbox, &format!("/accounts/{id}")).ok().await;
    assert_eq!(account["balance_refresh"]["status"], "succeeded");
    assert!(account["balance"]["current"]["usd"].is_i64());

    let list = get(&sandbox, &format!("/transactions?account={id}"))
        .send()
        .await;
    assert_eq!(list.ids().len(), 5);
    let path = format!("/transactions/{}", list.ids()[0]);
    assert_eq!(get(&sandbox, &path).ok().await, list.body["data"][0]);

    let path = format!("/accounts/{id}/subscribe");
    let account = post(&sandbox, &path, "features[0]=transactions").ok().await;
    assert_eq!(account["subscriptions"][0], "transactions");
    let path = format!("/accounts/{id}/unsubscribe");
    let account = post(&sandbox, &path, "features%5B%5D=transactions")
        .ok()
        .await;
    assert_eq!(account["subscriptions"], serde_json::json!([]));

    let account = post(&sandbox, &format!("/accounts/{id}/disconnect"), "")
        .ok()
        .await;
    assert_eq!(account["status"], "disconnected");
}

#[tokio::test]
async fn owners_belong_to_the_snapshot_that_a_refresh_makes() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new().refreshed([Feature::Ownership]));

    let account = get(&sandbox, &format!("/accounts/{id}")).ok().await;
    let ownership = account["ownership"].as_str().expect("an id, not an object");
    let path = format!("/accounts/{id}/owners?ownership={ownership}");
    let owners = get(&sandbox, &path).ok().await;
    assert_eq!(owners["data"][0]["ownership"], ownership);

    let path = format!("/accounts/{id}?expand[]=ownership&expand[]=account_holder");
    let account = get(&sandbox, &path).ok().await;
    assert_eq!(account["ownership"]["owners"]["data"], owners["data"]);

    control.advance(Duration::from_secs(1));
    let path = format!("/accounts/{id}/refresh");
    post(&sandbox, &path, "features[]=ownership").ok().await;
    control.end_refreshes();
    let account = get(&sandbox, &format!("/accounts/{id}")).ok().await;
    assert_ne!(account["ownership"], ownership);
}

#[tokio::test]
async fn a_session_holds_the_accounts_that_the_user_links() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let form = format!(
        "account_holder[type]=customer&account_holder[customer]={customer}\
         &permissions[]=balances&permissions[]=transactions&prefetch[]=balances\
         &filters[country]=US&limits[accounts]=2&return_url=https%3A%2F%2Fexample.com"
    );
    let session = post(&sandbox, "/sessions", &form).ok().await;
    assert_eq!(session["limits"]["accounts"], 2);
    assert_eq!(session["accounts"]["data"], serde_json::json!([]));

    let id = session["id"].as_str().unwrap();
    let linked = control
        .complete_session(
            id,
            &[
                NewAccount::new(),
                NewAccount::new().kind(AccountKind::Savings),
            ],
        )
        .unwrap();
    let session = get(&sandbox, &format!("/sessions/{id}")).ok().await;
    assert_eq!(session["accounts"]["data"].as_array().unwrap().len(), 2);
    let of_session = get(&sandbox, &format!("/accounts?session={id}"))
        .send()
        .await;
    assert_eq!(of_session.ids(), [linked[1].as_str(), linked[0].as_str()]);
    assert_eq!(
        of_session.body["data"][0]["balance_refresh"]["status"],
        "pending"
    );
}
