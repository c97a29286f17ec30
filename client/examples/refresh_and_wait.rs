//! Refresh several features of an account, and wait until each has succeeded or failed.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::time::Duration;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, Poll, RefreshOutcome, SecretKey};
use stripe_financial_connections_sandbox::{Feature, NewAccount, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let id = sandbox
        .control()
        .create_account(&NewAccount::new().transactions(20));
    sandbox
        .control()
        .fail_next_refresh(&id, Feature::Ownership)?;
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;

    let features = [
        RefreshFeature::Balance,
        RefreshFeature::Ownership,
        RefreshFeature::Transactions,
    ];
    // Short pauses, since the sandbox is quick. A bank takes seconds to minutes.
    let poll = Poll::within(Duration::from_secs(30))
        .pauses(Duration::from_millis(20), Duration::from_millis(100));
    let refreshed = client
        .accounts()
        .refresh(&id, features)
        .and_wait(poll)
        .await?;

    for (feature, outcome) in refreshed.outcomes() {
        match outcome {
            RefreshOutcome::Succeeded(at) => {
                println!("{feature}: succeeded, of the refresh started at {at}")
            }
            RefreshOutcome::Failed(at) => {
                println!("{feature}: failed, of the refresh started at {at}")
            }
            RefreshOutcome::NotStarted => println!("{feature}: was not started"),
            RefreshOutcome::Abandoned => {
                println!("{feature}: the account is {}", refreshed.account().status)
            }
            _ => println!("{feature}: ended in a way that this program does not know"),
        }
    }
    let transactions = client.transactions().list(&id).limit(100).await?;
    println!("{} transactions", transactions.data.len());
    Ok(())
}
