//! Ten thousand accounts: a page costs what it is long, wherever it is.

use std::collections::BTreeSet;

use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

use crate::support::http::get;

const ACCOUNTS: usize = 10_000;

#[tokio::test]
async fn a_page_costs_the_same_at_every_offset() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    control.seed_accounts(ACCOUNTS);

    let mut seen = BTreeSet::new();
    let mut query = String::new();
    loop {
        let page = get(&sandbox, &format!("/accounts?limit=100{query}"))
            .send()
            .await;
        seen.extend(page.ids().into_iter().map(str::to_owned));
        if page.body["has_more"] == false {
            break;
        }
        query = format!("&starting_after={}", page.ids()[99]);
    }
    assert_eq!(seen.len(), ACCOUNTS);

    let pages = control.requests();
    assert_eq!(pages.len(), ACCOUNTS / 100);
    let (last, rest) = pages.split_last().unwrap();
    // One more than the page is long: that is how it is known that there is more.
    assert!(rest.iter().all(|page| page.looked_at == 101));
    assert_eq!(last.looked_at, 100);
}

#[tokio::test]
async fn a_filtered_page_looks_at_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let first = control.create_account(&NewAccount::new().customer(&customer));
    control.seed_accounts(ACCOUNTS);
    let last = control.create_account(&NewAccount::new().customer(&customer));
    let path = format!("/accounts?account_holder[customer]={customer}");
    assert_eq!(get(&sandbox, &path).send().await.ids(), [&last, &first]);
    assert_eq!(control.requests()[0].looked_at, 2);
}

#[tokio::test]
async fn ten_thousand_transactions_are_paged_like_accounts() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let feature = stripe_financial_connections_sandbox::Feature::Transactions;
    let new = NewAccount::new()
        .transactions(ACCOUNTS)
        .refreshed([feature]);
    let id = control.create_account(&new);
    let mut query = format!("/transactions?account={id}&limit=100");
    let mut seen = 0;
    loop {
        let page = get(&sandbox, &query).send().await;
        seen += page.ids().len();
        if page.body["has_more"] == false {
            break;
        }
        query = format!(
            "/transactions?account={id}&limit=100&starting_after={}",
            page.ids()[99]
        );
    }
    assert_eq!(seen, ACCOUNTS);
    assert!(control.requests().iter().all(|page| page.looked_at <= 101));
}
