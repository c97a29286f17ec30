//! Read every account, page after page, with a progress bar, and write them as CSV.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};
use stripe_financial_connections::types::Account;
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    for _ in 0..250 {
        let _ = sandbox.control().create_account(&NewAccount::new());
    }
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;

    // The API does not tell how many there are. The bar goes to standard error, and only to a terminal.
    let progress = ProgressBar::new_spinner();
    progress.set_style(ProgressStyle::with_template(
        "{spinner} {pos} accounts, {per_sec}",
    )?);
    let mut output = std::io::stdout().lock();
    writeln!(output, "id,created,institution,category,status")?;
    let mut accounts = client.accounts().list().limit(100).stream();
    while let Some(account) = accounts.next().await {
        writeln!(output, "{}", row(&account?))?;
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(())
}

fn row(account: &Account) -> String {
    let columns = [
        account.id.to_string(),
        account.created.to_string(),
        account.institution_name.clone(),
        account.category.to_string(),
        account.status.to_string(),
    ];
    columns.map(|column| quoted(&column)).join(",")
}

/// A column as RFC 4180 has it: in quotes where it holds a separator.
fn quoted(column: &str) -> String {
    match column.contains([',', '"', '\n']) {
        true => format!("\"{}\"", column.replace('"', "\"\"")),
        false => column.to_owned(),
    }
}
