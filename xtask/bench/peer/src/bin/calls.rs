//! A program of four calls.

use std::error::Error;

use stripe::ClientBuilder;
use stripe_misc::financial_connections_account::{
    DisconnectFinancialConnectionsAccount, ListFinancialConnectionsAccount,
    RefreshFinancialConnectionsAccount, RefreshFinancialConnectionsAccountFeatures,
    RetrieveFinancialConnectionsAccount,
};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = ClientBuilder::new(std::env::var("STRIPE_SECRET_KEY")?).build()?;
    let page = ListFinancialConnectionsAccount::new()
        .limit(10)
        .send(&client)
        .await?;
    for account in &page.data {
        println!("{}", account.id);
    }
    let account = RetrieveFinancialConnectionsAccount::new("fca_1")
        .send(&client)
        .await?;
    println!("{}", account.institution_name);
    let features = vec![RefreshFinancialConnectionsAccountFeatures::Balance];
    let account = RefreshFinancialConnectionsAccount::new("fca_1", features)
        .send(&client)
        .await?;
    println!("{}", account.created);
    let account = DisconnectFinancialConnectionsAccount::new("fca_1")
        .send(&client)
        .await?;
    println!("{}", account.livemode);
    Ok(())
}
