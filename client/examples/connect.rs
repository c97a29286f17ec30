//! Act for connected accounts: `Stripe-Account` on a request, or on a client of its own.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let connected = sandbox.control().create_connected_account();
    let theirs = sandbox
        .control()
        .for_account(&connected)
        .create_account(&NewAccount::new());
    let key = || SecretKey::new(sandbox.key());

    let platform = Client::builder(key()?)
        .base_url(sandbox.base_url())
        .build()?;
    let own = platform.accounts().list().await?;
    println!("the platform itself has {} accounts", own.data.len());

    // For one request; over all pages of a list, the option stays.
    let account = platform
        .accounts()
        .retrieve(&theirs)
        .stripe_account(&connected)
        .await?;
    println!("{connected} has {}", account.id);

    // Or for every request of a client.
    let client = Client::builder(key()?)
        .base_url(sandbox.base_url())
        .stripe_account(&connected)
        .build()?;
    println!(
        "{} has {} account",
        connected,
        client.accounts().list().await?.data.len()
    );

    let error = platform
        .accounts()
        .retrieve(&theirs)
        .await
        .err()
        .ok_or("it must not be visible")?;
    println!("without it: {error}");
    Ok(())
}
