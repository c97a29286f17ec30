//! Transactions: what each refresh brings, and in which order.

use stripe_financial_connections_sandbox::{
    NewAccount, NewTransaction, Settings, TransactionOrder, TransactionStatus,
};

use super::drive::{DAY, account, refresh, with};
use crate::support::http::get;

#[tokio::test]
async fn later_refreshes_bring_what_is_new_and_what_has_changed() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let control = sandbox.control();
    let fetch = async || {
        control.advance(DAY);
        refresh(&sandbox, &id, "transactions").await;
        control.end_refreshes();
        let refresh = account(&sandbox, &id).await["transaction_refresh"]["id"].take();
        refresh.as_str().unwrap().to_owned()
    };
    let list = async |query: &str| {
        let path = format!("/transactions?account={id}{query}");
        let list = get(&sandbox, &path).ok().await;
        let amounts = list["data"].as_array().unwrap().iter();
        amounts
            .map(|one| one["amount"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    let now = control.now();
    let old = NewTransaction::new(-1, "Old").transacted_at(now - 100);
    let pending = NewTransaction::new(-2, "Pending")
        .transacted_at(now - 50)
        .status(TransactionStatus::Pending);
    control.add_transactions(&id, [old, pending]).unwrap();
    let first = fetch().await;
    assert_eq!(list("").await, [-2, -1]);
    assert_eq!(
        list(&format!("&transaction_refresh[after]={first}")).await,
        [0; 0]
    );

    // A late one, and one that has settled.
    let late = NewTransaction::new(-3, "Late").transacted_at(now - 75);
    control.add_transactions(&id, [late]).unwrap();
    let newest = get(&sandbox, &format!("/transactions?account={id}"))
        .send()
        .await;
    control
        .change_transaction(newest.ids()[0], TransactionStatus::Posted)
        .unwrap();
    let second = fetch().await;
    assert_eq!(list("").await, [-2, -3, -1]);
    assert_eq!(
        list(&format!("&transaction_refresh[after]={first}")).await,
        [-2, -3]
    );
    assert_eq!(
        list(&format!("&transaction_refresh[after]={second}")).await,
        [0; 0]
    );
    let settled = get(&sandbox, &format!("/transactions/{}", newest.ids()[0]))
        .ok()
        .await;
    assert_eq!(settled["status"], "posted");
    assert_eq!(settled["transaction_refresh"], second);
    assert_eq!(
        settled["status_transitions"]["posted_at"],
        settled["updated"]
    );

    for (query, amounts) in [
        (format!("&transacted_at={}", now - 75), vec![-3]),
        (format!("&transacted_at[gt]={}", now - 75), vec![-2]),
        (format!("&transacted_at[gte]={}", now - 75), vec![-2, -3]),
        (format!("&transacted_at[lt]={}", now - 75), vec![-1]),
        (
            format!(
                "&transacted_at[lte]={}&transacted_at[gt]={}",
                now - 75,
                now - 100
            ),
            vec![-3],
        ),
    ] {
        assert_eq!(list(&query).await, amounts, "{query}");
    }
    let unknown = format!("/transactions?account={id}&transaction_refresh[after]=fctxnref_none");
    let unknown = get(&sandbox, &unknown).send().await;
    assert_eq!(unknown.error().3, Some("transaction_refresh[after]"));
}

#[tokio::test]
async fn transactions_can_be_sorted_by_when_they_were_seen() {
    let first_seen = |s: &mut Settings| s.transaction_order = TransactionOrder::FirstSeen;
    let (sandbox, id) = with(first_seen, &NewAccount::new()).await;
    let control = sandbox.control();
    let now = control.now();
    let at = |amount, when| NewTransaction::new(amount, "x").transacted_at(when);
    control
        .add_transactions(&id, [at(1, now - 100), at(2, now - 200)])
        .unwrap();
    refresh(&sandbox, &id, "transactions").await;
    control.end_refreshes();
    let list = get(&sandbox, &format!("/transactions?account={id}"))
        .ok()
        .await;
    assert_eq!(list["data"][0]["amount"], 2);
}

#[tokio::test]
async fn transactions_are_listed_for_half_a_year() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let control = sandbox.control();
    let ago =
        |days: i64| NewTransaction::new(days, "x").transacted_at(control.now() - days * 86_400);
    control
        .add_transactions(&id, [ago(400), ago(181), ago(180), ago(1)])
        .unwrap();
    refresh(&sandbox, &id, "transactions").await;
    control.end_refreshes();
    let listed = async || {
        let list = get(&sandbox, &format!("/transactions?account={id}"));
        let list = list.ok().await;
        let amounts = list["data"].as_array().unwrap().iter();
        amounts
            .map(|item| item["amount"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed().await, [1, 180]);
    control
        .change_settings(|settings| settings.transaction_days = 365)
        .unwrap();
    assert_eq!(listed().await, [1, 180, 181]);
}
