//! The README's snippets, run against the sandbox.
//!
//! Each stands here between two markers, and in the README letter for letter.

use std::error::Error;
use std::time::Duration;

use stripe_financial_connections::types::{Permission, RefreshFeature};
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{Control, NewAccount, Operation, Sandbox};

use crate::support::script_server::TestClock;

type Outcome = Result<(), Box<dyn Error>>;

const README: &str = include_str!("../../../README.md");
const SNIPPETS: &str = include_str!("readme.rs");

/// The Rust snippets of a text in Markdown.
fn fences(markdown: &str) -> Vec<String> {
    let parts = markdown.split("```rust\n").skip(1);
    parts
        .map(|part| part.split("```").next().unwrap().to_owned())
        .collect()
}

/// The marked parts of this file, without their indentation.
fn regions(source: &str) -> Vec<String> {
    let parts = source
        .split("// README\n")
        .skip(1)
        .filter_map(|part| part.split_once("// end\n"));
    parts
        .map(|(region, _)| {
            let lines: Vec<&str> = region.trim_end_matches(' ').lines().collect();
            let indents = lines
                .iter()
                .filter(|line| !line.is_empty())
                .map(|line| line.len() - line.trim_start().len());
            let indent = indents.min().unwrap_or_default();
            lines
                .iter()
                .map(|line| format!("{}\n", line.get(indent..).unwrap_or_default()))
                .collect()
        })
        .collect()
}

#[test]
fn every_snippet_of_the_readme_stands_here() {
    let regions = regions(SNIPPETS);
    let fences = fences(README);
    assert!(fences.len() > 8);
    for fence in &fences {
        assert!(
            regions.contains(fence),
            "this snippet of the README is not run by any test:\n{fence}"
        );
    }
    for region in &regions {
        assert!(
            fences.contains(region),
            "this region stands in no README:\n{region}"
        );
    }
}

#[test]
fn a_snippet_that_differs_is_noticed() {
    let region =
        &regions("a\n        // README\n        let x = 1;\n\n            y();\n        // end\n")
            [0];
    assert_eq!(region, "let x = 1;\n\n    y();\n");
    assert_eq!(fences("text\n```rust\nlet x = 1;\n```\n"), ["let x = 1;\n"]);
}

/// A sandbox with one account, and a client that does not wait for real time.
async fn start() -> Result<(Sandbox, Client, String), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let new = NewAccount::new().transactions(3).refreshed([]);
    let id = sandbox.control().create_account(&new);
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .clock(TestClock::new())
        .build()?;
    Ok((sandbox, client, id))
}

#[tokio::test]
async fn first() -> Outcome {
    // README
    use stripe_financial_connections::types::RefreshFeature;
    use stripe_financial_connections::{Client, Error, Poll};

    async fn show_balances(client: &Client, customer: &str) -> Result<(), Error> {
        let mut accounts = client.accounts().list().customer(customer).stream();
        while let Some(account) = accounts.next().await {
            let account = account?;
            println!(
                "{} at {}: {}",
                account.id, account.institution_name, account.status
            );

            let refresh = client
                .accounts()
                .refresh(&account.id, [RefreshFeature::Balance]);
            let refreshed = refresh.and_wait(Poll::default()).await?;
            if let Some(balance) = &refreshed.account().balance {
                for (currency, amount) in &balance.current {
                    println!("  {amount} {currency}, in the smallest unit");
                }
            }
        }
        Ok(())
    }
    // end
    let (sandbox, client, _) = start().await?;
    let customer = sandbox.control().create_customer();
    let _ = sandbox
        .control()
        .create_account(&NewAccount::new().customer(&customer));
    show_balances(&client, &customer).await?;
    assert_eq!(sandbox.control().effects(Operation::AccountsRefresh), 1);
    Ok(())
}

#[tokio::test]
async fn retries() -> Outcome {
    let (_sandbox, client, id) = start().await?;
    // README
    let account = client
        .accounts()
        .retrieve(&id)
        .max_retries(5) // 2 unless set
        .timeout(Duration::from_secs(10)) // of one attempt
        .deadline(Duration::from_secs(30)) // of all attempts and the pauses between them
        .await?;
    println!("{} attempts in {:?}", account.attempts(), account.elapsed());
    // end
    Ok(())
}

#[tokio::test]
async fn bulk_work() -> Outcome {
    let sandbox = Sandbox::start().await?;
    let key = SecretKey::new(sandbox.key())?;
    // README
    let client = Client::builder(key)
        .requests_per_second(25) // spread evenly, retries counted
        .max_in_flight(20)
        .build()?;
    // end
    drop(client);
    Ok(())
}

#[tokio::test]
async fn idempotency() -> Outcome {
    let (sandbox, client, id) = start().await?;
    // README
    use stripe_financial_connections::IdempotencyKey;

    let key = IdempotencyKey::new("refresh-2026-11-23-42")?; // your own, written down before the call
    let refresh = client
        .accounts()
        .refresh(&id, [RefreshFeature::Balance])
        .idempotency_key(key);
    match refresh.await {
        Ok(account) => println!("started, replayed: {}", account.is_replayed()),
        Err(error) if error.maybe_executed() => {
            let key = error.idempotency_key().map(IdempotencyKey::as_str);
            println!("may have been carried out; repeat it with the key {key:?}");
        }
        Err(error) => println!("certainly not carried out: {error}"),
    }
    // end
    assert_eq!(sandbox.control().effects_of_key("refresh-2026-11-23-42"), 1);
    Ok(())
}

#[tokio::test]
async fn paging() -> Outcome {
    let (_sandbox, client, id) = start().await?;
    let _ = client
        .accounts()
        .refresh(&id, [RefreshFeature::Transactions])
        .and_wait(Default::default())
        .await?;
    // README
    // Every item, page by page; the next page is on its way while this one is worked on.
    let mut transactions = client.transactions().list(&id).limit(100).stream();
    while let Some(transaction) = transactions.next().await {
        let transaction = transaction?;
        println!(
            "{}: {} {}",
            transaction.id, transaction.amount, transaction.currency
        );
    }

    // Whole pages, and where to go on after a crash.
    let mut pages = client.transactions().list(&id).pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        println!(
            "{} items, go on with resume_after({:?})",
            page.data.len(),
            page.cursor()
        );
    }
    // end
    Ok(())
}

#[tokio::test]
async fn lenient() -> Outcome {
    let (_sandbox, client, _) = start().await?;
    // README
    // One item that does not decode does not lose the others of its page.
    let mut accounts = client.accounts().list().lenient().stream();
    while let Some(account) = accounts.next().await {
        match account?.into_result() {
            Ok(account) => println!("{}", account.id),
            Err(raw) => println!("kept as JSON: {}", raw.error()),
        }
    }
    // end
    Ok(())
}

#[tokio::test]
async fn errors() -> Outcome {
    let (_sandbox, client, _) = start().await?;
    // README
    let error = client.accounts().retrieve("fca_unknown").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.status(), Some(404));
    let api = error.api().expect("the API's own words");
    println!("{:?} {:?}: {:?}", api.code(), api.param(), api.message());
    println!("ask the vendor about {:?}", error.request_id());
    // end
    Ok(())
}

#[test]
fn webhooks() -> Outcome {
    // README
    use stripe_financial_connections::types::EventType;
    use stripe_financial_connections::webhook::{Error, SigningSecret, Verifier};

    fn receive(body: &[u8], signature: &str) -> Result<(), Error> {
        let verifier = Verifier::new(SigningSecret::new("whsec_…")?);
        let event = verifier.verify(body, signature)?;
        if *event.kind() == EventType::AccountRefreshedBalance {
            let account = event.account()?;
            println!(
                "{} was refreshed: {:?}",
                account.id, account.balance_refresh
            );
        }
        Ok(())
    }
    // end
    assert!(receive(b"{}", "t=1,v1=00").is_err());
    Ok(())
}

#[tokio::test]
async fn unknown() -> Outcome {
    let (_sandbox, client, id) = start().await?;
    // README
    use stripe_financial_connections::types::AccountStatus;

    let account = client.accounts().retrieve(&id).await?;
    match &account.status {
        AccountStatus::Active => println!("active"),
        status => println!("not active: {status}"), // also one that this version does not know
    }
    println!("a field of tomorrow: {:?}", account.extra.get("nickname"));
    println!("the answer as it came: {} bytes", account.body().len());
    // end
    Ok(())
}

#[tokio::test]
async fn raw() -> Outcome {
    let (_sandbox, client, _) = start().await?;
    // README
    use stripe_financial_connections::Method;

    let list = client
        .raw(Method::Get, "/v1/financial_connections/accounts")
        .param("limit", "3")
        .await?;
    println!("{} accounts", list["data"].as_array().map_or(0, Vec::len));
    // end
    Ok(())
}

#[tokio::test]
async fn sessions() -> Outcome {
    let (sandbox, client, _) = start().await?;
    let customer = sandbox.control().create_customer();
    // README
    use stripe_financial_connections::params::{AccountHolderParams, SessionFiltersParams};
    use stripe_financial_connections::types::AccountHolderType;

    let holder = AccountHolderParams::new(AccountHolderType::Customer).customer(&*customer);
    let session = client
        .sessions()
        .create(holder, [Permission::Balances, Permission::Transactions])
        .filters(SessionFiltersParams::new().country("US"))
        .await?;
    println!("open the flow with the client secret of {}", session.id);
    // end
    assert!(session.client_secret.is_some());
    Ok(())
}

#[tokio::test]
async fn sandbox() -> Outcome {
    // README
    use stripe_financial_connections_sandbox::{Feature, NewAccount, Sandbox};

    let sandbox = Sandbox::start().await?;
    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;

    let id = sandbox.control().create_account(&NewAccount::new());
    sandbox.control().fail_next_refresh(&id, Feature::Balance)?;
    client
        .accounts()
        .refresh(&id, [RefreshFeature::Balance])
        .await?;
    sandbox.control().end_refreshes();

    let account = client.accounts().retrieve(&id).await?;
    let refresh = account.balance_refresh.as_ref().expect("a refresh");
    assert_eq!(refresh.status, "failed");
    // end
    Ok(())
}

#[tokio::test]
async fn connect() -> Outcome {
    let (sandbox, client, _) = start().await?;
    let connected: String = Control::create_connected_account(&sandbox.control());
    // README
    let accounts = client.accounts().list().stripe_account(&connected).await?;
    println!("{} accounts of {connected}", accounts.data.len());
    // end
    Ok(())
}

#[tokio::test]
async fn several_slices() -> Outcome {
    use stripe_second_slice as stripe_customers;

    let (sandbox, client, id) = start().await?;
    // README
    // Straight from the client of one crate to that of another …
    let customers: stripe_customers::Client = client.share();

    // … or through what they share.
    let core = stripe_client_runtime::Client::from(customers);
    let client = stripe_financial_connections::Client::from(core.clone());
    // end
    client.accounts().retrieve(&id).await?;
    let path = format!("/v1/financial_connections/accounts/{id}");
    let account = core.raw(stripe_client_runtime::Method::Get, path).await?;
    assert_eq!(account["id"], *id);
    drop(sandbox);
    Ok(())
}
