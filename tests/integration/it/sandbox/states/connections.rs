//! The connection: broken, expected to break, ended; and what the bank changes of an account.

use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{
    AccountNumber, AccountNumberStatus, DeactivationCause, DisconnectedData, Feature, NewAccount,
    PaymentMethodType,
};

use super::drive::{DAY, account, events, with};
use crate::support::http::{get, post};

#[tokio::test]
async fn the_data_of_a_disconnected_account_is_withheld_or_kept() {
    let new = NewAccount::new()
        .transactions(2)
        .refreshed(Feature::ALL.iter().copied());
    for (policy, status) in [
        (DisconnectedData::Withheld, 400),
        (DisconnectedData::Kept, 200),
    ] {
        let (sandbox, id) = with(|s| s.disconnected_data = policy, &new).await;
        let before = account(&sandbox, &id).await;
        let transactions = get(&sandbox, &format!("/transactions?account={id}"))
            .send()
            .await;
        let path = format!("/accounts/{id}/disconnect");
        let gone = post(&sandbox, &path, "").ok().await;
        assert_eq!(gone["balance"].is_null(), status == 400);
        assert_eq!(post(&sandbox, &path, "").ok().await, gone, "twice is once");
        let ownership = before["ownership"].as_str().unwrap();
        for path in [
            format!("/transactions?account={id}"),
            format!("/transactions/{}", transactions.ids()[0]),
            format!("/accounts/{id}/owners?ownership={ownership}"),
        ] {
            assert_eq!(get(&sandbox, &path).send().await.status, status, "{path}");
        }
        assert_eq!(events(&sandbox).await.last().unwrap(), "disconnected");
    }
}

#[tokio::test]
async fn an_inactive_account_keeps_its_data() {
    let new = NewAccount::new()
        .transactions(2)
        .refreshed(Feature::ALL.iter().copied());
    let (sandbox, id) = with(|_| {}, &new).await;
    sandbox.control().deactivate(&id).unwrap();
    let inactive = account(&sandbox, &id).await;
    assert_eq!(inactive["status"], "inactive");
    assert!(inactive["balance"].is_object());
    assert_eq!(
        inactive["balance_refresh"]["next_refresh_available_at"],
        Value::Null
    );
    let transactions = get(&sandbox, &format!("/transactions?account={id}"))
        .send()
        .await;
    assert_eq!(transactions.ids().len(), 2);
}

#[tokio::test]
async fn an_expected_deactivation_is_announced_warned_of_and_happens() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let control = sandbox.control();
    let date = control.now() + 40 * 86_400;
    let cause = DeactivationCause::AccessExpired;
    control.expect_deactivation(&id, date, cause, true).unwrap();
    let expected = json!({
        "action": "relink_required",
        "cause": "access_expired",
        "expected_deactivation_date": date,
    });
    assert_eq!(
        account(&sandbox, &id).await["status_details"]["active"],
        expected
    );
    let mut happened = vec!["created", "expected_deactivation_date_updated"];
    assert_eq!(events(&sandbox).await, happened);
    control.advance(10 * DAY);
    happened.push("upcoming_deactivation");
    assert_eq!(events(&sandbox).await, happened);
    control.advance(30 * DAY);
    // Events can be listed for thirty days.
    assert_eq!(
        events(&sandbox).await,
        ["upcoming_deactivation", "deactivated"]
    );
    let inactive = account(&sandbox, &id).await;
    assert_eq!(inactive["status"], "inactive");
    assert_eq!(inactive.get("status_details"), None);
}

#[tokio::test]
async fn account_numbers_and_payment_methods_change_with_events() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new()).await;
    let control = sandbox.control();
    let mut number = AccountNumber::new(AccountNumberStatus::Transactable);
    number.tokenized = true;
    number.expected_expiry_date = Some(control.now() + 31 * 86_400);
    control.set_account_number(&id, number).unwrap();
    control
        .set_payment_method_types(&id, [PaymentMethodType::Link])
        .unwrap();
    control.advance(2 * DAY);
    let changed = account(&sandbox, &id).await;
    assert_eq!(
        changed["account_numbers"][0]["identifier_type"],
        "tokenized_account_number"
    );
    assert_eq!(changed["supported_payment_method_types"], json!(["link"]));
    let happened = events(&sandbox).await;
    assert_eq!(
        happened[1..],
        [
            "account_numbers_updated",
            "supported_payment_method_types_updated",
            "upcoming_account_number_expiry"
        ]
    );
}
