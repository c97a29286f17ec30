//! The life of accounts: refreshes, subscriptions, snapshots, deactivation, sessions.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use stripe_financial_connections_sandbox::{
    AccountKind, AccountNumber, AccountNumberStatus, BankBalance, DeactivationCause,
    DisconnectedData, Feature, NewAccount, NewOwner, NewTransaction, PaymentMethodType, Repeat,
    Sandbox, Settings, TransactionOrder, TransactionStatus,
};

use crate::support::http::{get, post};

const DAY: Duration = Duration::from_secs(86_400);

async fn with(settings: impl FnOnce(&mut Settings), new: &NewAccount) -> (Sandbox, String) {
    let sandbox = Sandbox::builder().settings(settings).start().await.unwrap();
    let id = sandbox.control().create_account(new);
    (sandbox, id)
}

async fn account(sandbox: &Sandbox, id: &str) -> Value {
    get(sandbox, &format!("/accounts/{id}")).ok().await
}

async fn refresh(sandbox: &Sandbox, id: &str, feature: &str) -> Value {
    let form = format!("features[]={feature}");
    post(sandbox, &format!("/accounts/{id}/refresh"), &form)
        .ok()
        .await
}

/// The types of the events so far, oldest first, without their prefix.
async fn events(sandbox: &Sandbox) -> Vec<String> {
    let list = crate::support::http::request(sandbox, reqwest::Method::GET, "/v1/events?limit=100");
    let list = list.ok().await;
    let mut kinds: Vec<String> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            event["type"]
                .as_str()
                .unwrap()
                .rsplit('.')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect();
    kinds.reverse();
    kinds
}

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

#[tokio::test]
async fn a_subscription_refreshes_at_once_and_then_daily() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new().transactions(1)).await;
    let control = sandbox.control();
    let path = format!("/accounts/{id}/subscribe");
    let subscribed = post(&sandbox, &path, "features[]=transactions").ok().await;
    assert_eq!(subscribed["transaction_refresh"]["status"], "pending");
    let again = post(&sandbox, &path, "features[]=transactions").ok().await;
    assert_eq!(again, subscribed, "twice is once");
    control.advance(3 * DAY + Duration::from_secs(60));
    assert_eq!(
        events(&sandbox).await,
        ["created"]
            .into_iter()
            .chain(["refreshed_transactions"; 4])
            .collect::<Vec<_>>()
    );

    let path = format!("/accounts/{id}/unsubscribe");
    post(&sandbox, &path, "features[]=transactions").ok().await;
    post(&sandbox, &path, "features[]=transactions").ok().await;
    control.advance(3 * DAY);
    assert_eq!(events(&sandbox).await.len(), 5);
}

#[tokio::test]
async fn repeated_subscriptions_and_disconnects_are_refused_where_that_is_set() {
    let refuse = |settings: &mut Settings| {
        settings.subscribe_twice = Repeat::Refuse;
        settings.disconnect_twice = Repeat::Refuse;
    };
    let (sandbox, id) = with(refuse, &NewAccount::new()).await;
    for (action, form, first) in [
        ("unsubscribe", "features[]=transactions", 400),
        ("subscribe", "features[]=transactions", 200),
        ("subscribe", "features[]=transactions", 400),
        ("disconnect", "", 200),
        ("disconnect", "", 400),
    ] {
        let reply = post(&sandbox, &format!("/accounts/{id}/{action}"), form)
            .send()
            .await;
        assert_eq!(reply.status, first, "{action}");
    }
}

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
    let at = |amount, when| NewTransaction::new(amount, "x").transacted_at(when);
    control
        .add_transactions(&id, [at(1, 200), at(2, 100)])
        .unwrap();
    refresh(&sandbox, &id, "transactions").await;
    control.end_refreshes();
    let list = get(&sandbox, &format!("/transactions?account={id}"))
        .ok()
        .await;
    assert_eq!(list["data"][0]["amount"], 2);
}

#[tokio::test]
async fn snapshots_of_owners_stay_as_they_were() {
    let new = NewAccount::new()
        .owners([NewOwner::new("First"), NewOwner::new("Second")])
        .refreshed([Feature::Ownership]);
    let (sandbox, id) = with(|_| {}, &new).await;
    let control = sandbox.control();
    let old = account(&sandbox, &id).await["ownership"]
        .as_str()
        .unwrap()
        .to_owned();
    control.set_owners(&id, [NewOwner::new("Third")]).unwrap();
    control.advance(DAY);
    refresh(&sandbox, &id, "ownership").await;
    control.end_refreshes();
    let new = account(&sandbox, &id).await["ownership"]
        .as_str()
        .unwrap()
        .to_owned();
    let names = async |ownership: &str| {
        let path = format!("/accounts/{id}/owners?ownership={ownership}");
        let owners = get(&sandbox, &path).ok().await;
        let owners = owners["data"].as_array().unwrap().iter();
        owners
            .map(|owner| owner["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&old).await, ["Second", "First"]);
    assert_eq!(names(&new).await, ["Third"]);
}

#[tokio::test]
async fn snapshots_follow_their_settings() {
    let keep = |settings: &mut Settings| {
        settings.ownership_id_always_new = false;
        settings.old_ownerships_readable = false;
    };
    let (sandbox, id) = with(keep, &NewAccount::new().refreshed([Feature::Ownership])).await;
    let control = sandbox.control();
    let first = account(&sandbox, &id).await["ownership"]
        .as_str()
        .unwrap()
        .to_owned();
    let again = async || {
        control.advance(DAY);
        refresh(&sandbox, &id, "ownership").await;
        control.end_refreshes();
        account(&sandbox, &id).await["ownership"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(again().await, first, "nothing has changed");
    control.set_owners(&id, [NewOwner::new("Other")]).unwrap();
    assert_ne!(again().await, first);
    let path = format!("/accounts/{id}/owners?ownership={first}");
    assert_eq!(get(&sandbox, &path).send().await.status, 400);
}

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
    happened.push("deactivated");
    assert_eq!(events(&sandbox).await, happened);
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

#[tokio::test]
async fn a_session_has_the_defaults_of_the_pinned_version() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.control().platform_account();
    let form = format!(
        "account_holder[type]=account&account_holder[account]={account}&permissions[]=balances"
    );
    let session = post(&sandbox, "/sessions", &form).ok().await;
    assert_eq!(session.get("limits"), None, "no limit");
    assert_eq!(session["manual_entry"]["mode"], "disabled");
    assert_eq!(session["filters"]["require_payment_method_support"], "none");
    assert_eq!(
        session["filters"]["account_subcategories"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
    assert_eq!(session["prefetch"], json!([]));
    let unlimited = post(&sandbox, "/sessions", &format!("{form}&limits[accounts]="))
        .ok()
        .await;
    assert_eq!(unlimited.get("limits"), None);
}

#[tokio::test]
async fn a_session_allows_what_it_was_created_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let holder = control.customer_account(&customer).unwrap();
    let create = async |more: &str| {
        let form = format!(
            "account_holder[type]=customer&account_holder[customer_account]={holder}\
             &permissions[]=balances{more}"
        );
        let session = post(&sandbox, "/sessions", &form).ok().await;
        session["id"].as_str().unwrap().to_owned()
    };
    let card = NewAccount::new().kind(AccountKind::CreditCard);
    let checking = NewAccount::new();
    for (more, accounts, says) in [
        (
            "&limits[accounts]=1",
            vec![checking.clone(), checking.clone()],
            "limited to 1",
        ),
        (
            "&filters[account_subcategories][]=checking",
            vec![card.clone()],
            "do not allow",
        ),
        (
            "&filters[require_payment_method_support]=all",
            vec![checking.clone(), card.clone()],
            "requires",
        ),
        (
            "&filters[require_payment_method_support]=at_least_one",
            vec![card.clone()],
            "requires",
        ),
    ] {
        let id = create(more).await;
        let refused = control.complete_session(&id, &accounts).unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
        let linked = control
            .complete_session(&id, std::slice::from_ref(&checking))
            .unwrap();
        let account = account(&sandbox, &linked[0]).await;
        assert_eq!(account["permissions"], json!(["balances"]));
        assert_eq!(account["account_holder"]["customer_account"], holder);
        let again = control
            .complete_session(&id, std::slice::from_ref(&checking))
            .unwrap_err();
        assert!(again.to_string().contains("finished already"), "{again}");
    }
    assert!(control.complete_session("fcsess_none", &[]).is_err());
    let path = format!("/accounts?account_holder[customer_account]={holder}");
    assert_eq!(get(&sandbox, &path).send().await.ids().len(), 4);
}

#[tokio::test]
async fn two_sandboxes_share_nothing_but_what_their_seed_gives() {
    let (one, two) = (
        Sandbox::start().await.unwrap(),
        Sandbox::start().await.unwrap(),
    );
    let other = Sandbox::builder().seed(7).start().await.unwrap();
    assert_ne!(one.port(), two.port());
    let id = one.control().create_account(&NewAccount::new());
    assert_eq!(get(&two, "/accounts").send().await.ids().len(), 0);
    assert_eq!(two.control().create_account(&NewAccount::new()), id);
    assert_ne!(other.control().create_account(&NewAccount::new()), id);
}

#[tokio::test]
async fn a_sandbox_that_is_dropped_listens_no_more() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.base_url().replace("http://", "");
    assert!(TcpStream::connect(&address).is_ok());
    drop(sandbox);
    let refused = TcpStream::connect(&address).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}
