//! Without `async`: the same requests, sent by `send_blocking`.
//!
//! ```sh
//! cargo run --example blocking --features blocking
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().start_blocking()?;
    let id = sandbox.control().create_account(&NewAccount::new());
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;

    let account = client
        .accounts()
        .refresh(&id, [RefreshFeature::Balance])
        .send_blocking()?;
    println!(
        "{}: a balance refresh is under way: {}",
        account.id,
        account.balance_refresh.is_some()
    );
    for account in client.accounts().list().stream().blocking() {
        println!("{}", account?.id);
    }
    Ok(())
}
