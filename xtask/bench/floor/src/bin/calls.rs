//! A program of four calls.

use floor::{Client, ListAccounts, Result};

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())
}

async fn run() -> Result<()> {
    let client = Client::new(
        &std::env::var("STRIPE_SECRET_KEY")?,
        "https://api.stripe.com",
    )?;
    let page = client
        .list(&ListAccounts {
            customer: "cus_1",
            limit: 10,
            starting_after: None,
        })
        .await?;
    for account in &page.data {
        println!("{}", account.id);
    }
    let account = client.retrieve("fca_1").await?;
    println!("{}", account.institution_name);
    let account = client.refresh("fca_1", &["balance"]).await?;
    println!("{}", account.created);
    let account = client.disconnect("fca_1").await?;
    println!("{}", account.livemode);
    Ok(())
}
