//! Refresh many accounts at once, a few at a time, under a rate limit.
//!
//! The library sends again what the limit refused; a bound on the requests under way keeps their
//! number low.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{Fault, NewAccount, Operation, Sandbox};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const ACCOUNTS: usize = 40;
const AT_ONCE: usize = 8;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let ids: Vec<String> = (0..ACCOUNTS)
        .map(|_| sandbox.control().create_account(&NewAccount::new()))
        .collect();
    // Every fourth refresh or so is refused once.
    for _ in 0..ACCOUNTS / 4 {
        let limit = Fault::rate_limit()
            .on(Operation::AccountsRefresh)
            .skip(3)
            .header("retry-after", "0");
        sandbox.control().add_fault(limit);
    }
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .max_retries(5)
        .deadline(Duration::from_secs(60))
        .build()?;

    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut refreshes = JoinSet::new();
    for id in ids {
        let (client, permits) = (client.clone(), Arc::clone(&permits));
        refreshes.spawn(async move {
            let _permit = permits.acquire_owned().await;
            client
                .accounts()
                .refresh(id, [RefreshFeature::Balance])
                .await
        });
    }
    let (mut done, mut attempts) = (0, 0);
    while let Some(refresh) = refreshes.join_next().await {
        attempts += refresh??.attempts();
        done += 1;
    }
    println!("{done} refreshes in {attempts} attempts, at most {AT_ONCE} at once");
    println!(
        "{} took effect",
        sandbox.control().effects(Operation::AccountsRefresh)
    );
    Ok(())
}
