//! This library under the same load.

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use meter::{Meter, Task};
use stripe_financial_connections::types::{Account, RefreshFeature};
use stripe_financial_connections::{Client, List, SecretKey};

const ACCOUNT: &str = "fca_1R0000000000000000000000";
const WARM_UP: usize = 64;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(Task::from_arguments()))
}

async fn run(task: Task) -> Result<()> {
    let client = Client::builder(SecretKey::new("sk_test_1")?)
        .base_url(&task.base)
        .build()?;
    let meter = match task.what.as_str() {
        "retrieve" => {
            retrieve(&client, WARM_UP).await?;
            let meter = Meter::start();
            retrieve(&client, task.count).await?;
            meter
        }
        "refresh" => {
            refresh(&client, WARM_UP).await?;
            let meter = Meter::start();
            refresh(&client, task.count).await?;
            meter
        }
        "concurrent" => {
            concurrent(&client, 1).await?;
            let meter = Meter::start();
            concurrent(&client, task.count / 64).await?;
            meter
        }
        "decode" => {
            let answer = client.accounts().list().limit(100).await?;
            let page = answer.body();
            decode(page, 1)?;
            let meter = Meter::start();
            decode(page, task.count)?;
            meter
        }
        "list" => list(&client, task.count, None).await?,
        "work" => list(&client, task.count, Some(Duration::from_millis(5))).await?,
        other => return Err(format!("no task `{other}`").into()),
    };
    meter.finish();
    Ok(())
}

async fn retrieve(client: &Client, count: usize) -> Result<()> {
    for _ in 0..count {
        black_box(client.accounts().retrieve(ACCOUNT).await?);
    }
    Ok(())
}

async fn refresh(client: &Client, count: usize) -> Result<()> {
    for _ in 0..count {
        black_box(
            client
                .accounts()
                .refresh(ACCOUNT, [RefreshFeature::Balance])
                .await?,
        );
    }
    Ok(())
}

async fn concurrent(client: &Client, each: usize) -> Result<()> {
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { retrieve(&client, each).await })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}

fn decode(page: &[u8], count: usize) -> Result<()> {
    for _ in 0..count {
        black_box(serde_json::from_slice::<List<Account>>(page)?);
    }
    Ok(())
}

/// Reads the list account by account, and works after each hundred of them, which is a page.
async fn list(client: &Client, expected: usize, work: Option<Duration>) -> Result<Meter> {
    retrieve(client, 1).await?;
    let meter = Meter::start();
    let mut accounts = client
        .accounts()
        .list()
        .customer("cus_1")
        .limit(100)
        .stream();
    let mut count = 0;
    while let Some(account) = accounts.next().await {
        black_box(&account?);
        count += 1;
        if let Some(work) = work
            && count % 100 == 0
        {
            tokio::time::sleep(work).await;
        }
    }
    assert_eq!(count, expected);
    Ok(meter)
}
