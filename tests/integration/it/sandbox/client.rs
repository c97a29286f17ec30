//! Our client against the sandbox: every operation, over a real connection.

use stripe_financial_connections::params::{
    AccountHolderParams, SessionFiltersParams, TransactionRefreshFilter,
};
use stripe_financial_connections::types::{
    AccountHolderType, AccountStatus, Permission, PrefetchFeature, RefreshFeature, RefreshStatus,
    SubscriptionFeature,
};
use stripe_financial_connections::{Client, Error, IdempotencyKey, SecretKey};
use stripe_financial_connections_sandbox::{
    Fault, Feature, KeyKind, NewAccount, Operation, Sandbox, Stage,
};

use crate::support::script_server::TestClock;

fn client(sandbox: &Sandbox) -> Client {
    with_key(sandbox, sandbox.key())
}

fn with_key(sandbox: &Sandbox, key: &str) -> Client {
    let key = SecretKey::new(key).unwrap();
    let builder = Client::builder(key).base_url(sandbox.base_url());
    // Pauses before retries take no time.
    let builder = builder.clock(TestClock::new());
    builder.build().unwrap()
}

#[tokio::test]
async fn accounts_are_listed_in_both_directions_and_retrieved() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let new = NewAccount::new().customer(&customer);
    let mut ids: Vec<String> = (0..25).map(|_| control.create_account(&new)).collect();
    ids.reverse();
    let client = client(&sandbox);

    let page = client
        .accounts()
        .list()
        .customer(&customer)
        .limit(10)
        .await
        .unwrap();
    assert_eq!(page.data.len(), 10);
    assert!(page.has_more);

    let mut forward = client
        .accounts()
        .list()
        .customer(&customer)
        .limit(10)
        .stream();
    let mut seen = Vec::new();
    while let Some(account) = forward.next().await {
        seen.push(account.unwrap().id.to_string());
    }
    assert_eq!(seen, ids);

    let last = ids.last().unwrap().as_str();
    let backward = client.accounts().list().customer(&customer).limit(10);
    let mut backward = backward.ending_before(last).stream();
    let mut seen = Vec::new();
    while let Some(account) = backward.next().await {
        seen.push(account.unwrap().id.to_string());
    }
    seen.reverse();
    assert_eq!(seen, ids[..24]);

    let account = client.accounts().retrieve(&*ids[0]).await.unwrap();
    assert_eq!(account.id.as_str(), ids[0]);
    assert!(
        account.extra.is_empty(),
        "nothing that the types do not know"
    );
}

#[tokio::test]
async fn an_account_is_refreshed_read_subscribed_to_and_disconnected() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new().transactions(30));
    let id = id.as_str();
    let client = client(&sandbox);
    let accounts = client.accounts();

    let features = [
        RefreshFeature::Balance,
        RefreshFeature::Ownership,
        RefreshFeature::Transactions,
    ];
    let account = accounts.refresh(id, features).await.unwrap();
    assert_eq!(
        account.balance_refresh.as_ref().unwrap().status,
        RefreshStatus::Pending
    );
    control.end_refreshes();
    let account = accounts.retrieve(id).expand(["ownership"]).await.unwrap();
    assert!(account.balance.is_some());
    let ownership = account.ownership.as_ref().unwrap();
    let owners = accounts.owners(id, ownership.id()).await.unwrap();
    assert_eq!(owners.data.len(), 1);
    assert_eq!(ownership.object().unwrap().owners.data, owners.data);

    let mut stream = client.transactions().list(id).limit(7).stream();
    let mut transactions = Vec::new();
    while let Some(transaction) = stream.next().await {
        transactions.push(transaction.unwrap());
    }
    assert_eq!(transactions.len(), 30);
    let one = client
        .transactions()
        .retrieve(&transactions[3].id)
        .await
        .unwrap();
    assert_eq!(*one, transactions[3]);
    let refresh = account.transaction_refresh.as_ref().unwrap();
    let after = TransactionRefreshFilter::new(refresh.id.as_str());
    let later = client
        .transactions()
        .list(id)
        .transaction_refresh(after)
        .await
        .unwrap();
    assert!(later.data.is_empty());

    let features = [SubscriptionFeature::Transactions];
    let account = accounts.subscribe(id, features.clone()).await.unwrap();
    let subscribed = account.subscriptions.as_ref().unwrap();
    assert_eq!(subscribed[..], [SubscriptionFeature::Transactions]);
    let account = accounts.unsubscribe(id, features).await.unwrap();
    assert!(account.subscriptions.as_ref().unwrap().is_empty());

    let account = accounts.disconnect(id).await.unwrap();
    assert_eq!(account.status, AccountStatus::Disconnected);
}

#[tokio::test]
async fn a_session_is_created_and_read_when_it_is_finished() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let client = client(&sandbox);
    let holder = AccountHolderParams::new(AccountHolderType::Customer).customer(&customer);
    let session = client
        .sessions()
        .create(holder, [Permission::Balances, Permission::Transactions])
        .prefetch([PrefetchFeature::Balances])
        .filters(SessionFiltersParams::new().country("US"))
        .return_url("https://example.com/linked?from=bank&then=home")
        .await
        .unwrap();
    assert!(session.accounts.data.is_empty());
    let url = session.return_url.as_deref();
    assert_eq!(url, Some("https://example.com/linked?from=bank&then=home"));
    let linked = control
        .complete_session(session.id.as_str(), &[NewAccount::new()])
        .unwrap();
    let session = client.sessions().retrieve(&session.id).await.unwrap();
    assert_eq!(session.accounts.data[0].id.as_str(), linked[0]);
    let of_session = client.accounts().list().session(&session.id).await.unwrap();
    assert_eq!(of_session.data[0].id.as_str(), linked[0]);
}

#[tokio::test]
async fn a_lost_answer_is_replayed_and_takes_no_second_effect() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    control.add_fault(
        Fault::reset()
            .on(Operation::AccountsRefresh)
            .stage(Stage::After),
    );
    let key = IdempotencyKey::new("lost").unwrap();
    let features = [RefreshFeature::Balance];
    let refresh = client(&sandbox).accounts().refresh(id.as_str(), features);
    let account = refresh.idempotency_key(key).await.unwrap();
    assert!(account.is_replayed());
    assert_eq!(account.attempts(), 2);
    assert_eq!(control.effects_of_key("lost"), 1);
}

#[tokio::test]
async fn errors_are_told_apart() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    let inactive = control.create_account(&NewAccount::new());
    control.deactivate(&inactive).unwrap();
    let expired = with_key(&sandbox, &control.create_key(KeyKind::Expired));
    let application = with_key(&sandbox, &control.create_key(KeyKind::Application));
    let client = client(&sandbox);
    let accounts = client.accounts();
    let balance = [RefreshFeature::Balance];

    let error = accounts.retrieve("fca_none").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error = accounts.retrieve(id.as_str()).expand(["nope"]);
    let error = error.await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    let error = expired.accounts().list().await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
    let error = application.accounts().list().await.unwrap_err();
    assert!(error.is_permission(), "{error}");
    let error = accounts
        .refresh(inactive.as_str(), balance.clone())
        .await
        .unwrap_err();
    assert!(error.is_account_inactive(), "{error}");
    let error = client.transactions().list(id.as_str()).await.unwrap_err();
    assert!(error.is_awaiting_transactions(), "{error}");

    let key = || IdempotencyKey::new("one").unwrap();
    let first = accounts
        .refresh(id.as_str(), balance)
        .idempotency_key(key());
    first.await.unwrap();
    let other = accounts.refresh(id.as_str(), [RefreshFeature::Ownership]);
    let error = other.idempotency_key(key()).await.unwrap_err();
    assert!(error.is_idempotency(), "{error}");

    control.add_fault(Fault::rate_limit().times(10));
    let error: Error = accounts.retrieve(id.as_str()).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    control.clear_faults();
    let fetched = NewAccount::new().refreshed([Feature::Balance]);
    let found = accounts
        .retrieve(control.create_account(&fetched).as_str())
        .await
        .unwrap();
    assert!(found.balance.is_some());
}
