//! List, retrieve, refresh and disconnect, against the sandbox in this process: no key, no network.
//!
//! With a key of your own, drop the sandbox and build the client with
//! `Client::new(SecretKey::from_env()?)?`.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use stripe_financial_connections::types::{Account, RefreshFeature, RefreshStatus};
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let customer = sandbox.control().create_customer();
    let linked = [
        "Harbor Savings Bank",
        "First Meadow Bank",
        "Northlight Credit Union",
    ]
    .map(|institution| {
        let account = NewAccount::new()
            .customer(&customer)
            .institution(institution);
        sandbox.control().create_account(&account)
    });

    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;

    println!("{} accounts of {customer}", linked.len());
    let mut accounts = client
        .accounts()
        .list()
        .customer(&customer)
        .limit(2)
        .stream();
    let mut newest = None;
    while let Some(account) = accounts.next().await {
        let account = account?;
        println!("  {}", line(&account));
        newest.get_or_insert(account.id);
    }
    let id = newest.ok_or("the customer has no account")?;

    let account = client.accounts().retrieve(&id).await?;
    println!(
        "\nretrieved in request {}",
        account.request_id().unwrap_or("without an id")
    );
    println!("  {}", line(&account));
    println!("  balance: {}", balance(&account));

    let refresh = client
        .accounts()
        .refresh(&id, [RefreshFeature::Balance])
        .await?;
    println!(
        "\nrefreshed with idempotency key {}",
        refresh.idempotency_key().map_or("none", |key| key.as_str())
    );
    let mut account = refresh.into_inner();
    while account
        .balance_refresh
        .as_ref()
        .is_some_and(|refresh| refresh.status == RefreshStatus::Pending)
    {
        println!("  the balance refresh is pending");
        account = client.accounts().retrieve(&id).await?.into_inner();
    }
    println!("  balance: {}", balance(&account));

    let account = client.accounts().disconnect(&id).await?;
    println!("\ndisconnected");
    println!("  {}", line(&account));

    let error = client
        .accounts()
        .refresh(&id, [RefreshFeature::Balance])
        .await
        .err()
        .ok_or("the account still answers")?;
    println!("\na refresh is refused now\n  {error}");
    Ok(())
}

fn line(account: &Account) -> String {
    let name = account.display_name.as_deref().unwrap_or("without a name");
    format!(
        "{}  {:<24} {:<20} {:<9} {}",
        account.id, account.institution_name, name, account.subcategory, account.status
    )
}

fn balance(account: &Account) -> String {
    let Some(balance) = &account.balance else {
        return "none yet".to_owned();
    };
    let amounts = balance
        .current
        .iter()
        .map(|(currency, amount)| format!("{amount} {currency} (smallest unit)"));
    amounts.collect::<Vec<_>>().join(", ")
}
