//! Refreshes: pending, ended, refused, failed; and what a balance is.

use std::time::Duration;

use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{
    AccountKind, BankBalance, Feature, NewAccount, Repeat, Settings,
};

use super::drive::{DAY, account, events, refresh, with};
use crate::support::http::post;

#[tokio::test]
async fn a_refresh_is_pending_and_ends_with_the_clock() {
    let (sandbox, id) = with(|s| s.refresh_retrieves = None, &NewAccount::new()).await;
    let started = sandbox.control().now();
    let pending = json!({
        "last_attempted_at": started,
        "next_refresh_available_at": null,
        "status": "pending",
    });
    assert_eq!(
        refresh(&sandbox, &id, "balance").await["balance_refresh"],
        pending
    );
    for _ in 0..5 {
        assert_eq!(account(&sandbox, &id).await["balance_refresh"], pending);
    }
    sandbox.control().advance(Duration::from_secs(30));
    let ended = account(&sandbox, &id).await;
    assert_eq!(ended["balance_refresh"]["status"], "succeeded");
    assert_eq!(
        ended["balance_refresh"]["next_refresh_available_at"],
        started + 1
    );
    assert_eq!(events(&sandbox).await, ["created", "refreshed_balance"]);
}

#[tokio::test]
async fn a_refresh_that_is_not_due_changes_nothing_or_is_refused() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let first = refresh(&sandbox, &id, "balance").await;
    assert_eq!(refresh(&sandbox, &id, "balance").await, first);
    sandbox.control().end_refreshes();
    let ended = account(&sandbox, &id).await;
    assert_eq!(
        refresh(&sandbox, &id, "balance").await,
        ended,
        "the next is a second away"
    );
    sandbox.control().advance(Duration::from_secs(1));
    let again = refresh(&sandbox, &id, "balance").await;
    assert_eq!(again["balance_refresh"]["status"], "pending");

    let refuse = |settings: &mut Settings| settings.refresh_not_available = Repeat::Refuse;
    let (sandbox, id) = with(refuse, &NewAccount::new()).await;
    refresh(&sandbox, &id, "balance").await;
    let path = format!("/accounts/{id}/refresh");
    let form = "features[]=balance&features[]=ownership";
    assert_eq!(post(&sandbox, &path, form).send().await.status, 400);
    let untouched = account(&sandbox, &id).await;
    assert_eq!(
        untouched["ownership_refresh"],
        Value::Null,
        "all or nothing"
    );
}

#[tokio::test]
async fn a_failed_refresh_ends_without_data_and_with_an_event() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let control = sandbox.control();
    control.fail_next_refresh(&id, Feature::Balance).unwrap();
    refresh(&sandbox, &id, "balance").await;
    control.end_refreshes();
    let failed = account(&sandbox, &id).await;
    assert_eq!(failed["balance_refresh"]["status"], "failed");
    assert_eq!(failed["balance"], Value::Null);
    assert_eq!(events(&sandbox).await, ["created", "refreshed_balance"]);

    control.advance(DAY);
    refresh(&sandbox, &id, "balance").await;
    control.end_refreshes();
    let succeeded = account(&sandbox, &id).await;
    assert_eq!(succeeded["balance_refresh"]["status"], "succeeded");
}

#[tokio::test]
async fn a_refresh_can_show_that_the_connection_is_broken() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let control = sandbox.control();
    control
        .break_at_next_refresh(&id, Feature::Transactions)
        .unwrap();
    refresh(&sandbox, &id, "transactions").await;
    control.end_refreshes();
    let broken = account(&sandbox, &id).await;
    assert_eq!(broken["status"], "inactive");
    assert_eq!(
        broken["transaction_refresh"]["next_refresh_available_at"],
        Value::Null
    );
    control.reactivate(&id).unwrap();
    let again = refresh(&sandbox, &id, "transactions").await;
    assert_eq!(again["transaction_refresh"]["status"], "pending");
    let happened = [
        "created",
        "refreshed_transactions",
        "deactivated",
        "reactivated",
    ];
    assert_eq!(events(&sandbox).await, happened);
}

#[tokio::test]
async fn balances_are_what_the_bank_gives() {
    for (kind, balance, expected) in [
        (
            AccountKind::Checking,
            Some(BankBalance::new(1_000, Some(900))),
            json!({"type": "cash", "current": {"usd": 1_000}, "cash": {"available": {"usd": 900}}}),
        ),
        (
            AccountKind::CreditCard,
            Some(BankBalance::new(-500, Some(500))),
            json!({"type": "credit", "current": {"usd": -500}, "credit": {"used": {"usd": 500}}}),
        ),
        (
            AccountKind::CreditCard,
            Some(BankBalance::new(-500, None)),
            json!({"type": "credit", "current": {"usd": -500}, "credit": {"used": null}}),
        ),
        (AccountKind::Savings, None, Value::Null),
    ] {
        let new = NewAccount::new()
            .kind(kind)
            .balance(balance)
            .refreshed([Feature::Balance]);
        let (sandbox, id) = with(|_| {}, &new).await;
        let mut found = account(&sandbox, &id).await["balance"].take();
        if let Some(balance) = found.as_object_mut() {
            assert!(balance.remove("as_of").unwrap().is_i64());
        }
        assert_eq!(found, expected);
    }
}
