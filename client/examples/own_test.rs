//! How a program of your own is tested with the sandbox: its code, and two tests of it.
//!
//! The tests would stand in your `tests` folder, under `#[tokio::test]`; here they are called by `main`.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{Fault, NewAccount, Operation, Sandbox};

type Outcome = Result<(), Box<dyn Error>>;

/// The code under test: starts a refresh, and says whether the account can still be refreshed.
async fn start_refresh(
    client: &Client,
    id: &str,
) -> Result<bool, stripe_financial_connections::Error> {
    match client
        .accounts()
        .refresh(id, [RefreshFeature::Balance])
        .await
    {
        Ok(_) => Ok(true),
        Err(error) if error.is_account_inactive() => Ok(false),
        Err(error) => Err(error),
    }
}

async fn start() -> Result<(Sandbox, Client, String), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let id = sandbox.control().create_account(&NewAccount::new());
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;
    Ok((sandbox, client, id))
}

async fn a_refresh_survives_a_bad_moment() -> Outcome {
    let (sandbox, client, id) = start().await?;
    sandbox
        .control()
        .add_fault(Fault::reset().on(Operation::AccountsRefresh));
    sandbox
        .control()
        .add_fault(Fault::html(503).on(Operation::AccountsRefresh));

    assert!(start_refresh(&client, &id).await?);
    assert_eq!(
        sandbox.control().effects(Operation::AccountsRefresh),
        1,
        "three attempts, one effect"
    );
    Ok(())
}

async fn an_account_can_go_inactive() -> Outcome {
    let (sandbox, client, id) = start().await?;
    sandbox.control().deactivate(&id)?;

    assert!(!start_refresh(&client, &id).await?);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    a_refresh_survives_a_bad_moment().await?;
    println!("a refresh survives a bad moment: ok");
    an_account_can_go_inactive().await?;
    println!("an account can go inactive: ok");
    Ok(())
}
