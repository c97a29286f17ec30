//! A program of four calls.

use std::error::Error;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, SecretKey};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = Client::new(SecretKey::from_env()?)?;
    let accounts = client.accounts();
    let page = accounts.list().customer("cus_1").limit(10).await?;
    for account in &page.data {
        println!("{}", account.id);
    }
    let account = accounts.retrieve("fca_1").await?;
    println!("{}", account.institution_name);
    let account = accounts.refresh("fca_1", [RefreshFeature::Balance]).await?;
    println!("{}", account.created);
    let account = accounts.disconnect("fca_1").await?;
    println!("{}", account.livemode);
    Ok(())
}
