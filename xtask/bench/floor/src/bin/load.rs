//! The floor under load.

use std::hint::black_box;
use std::time::Duration;

use floor::{AccountList, Client, ListAccounts, Result};
use meter::{Meter, Task};

const ACCOUNT: &str = "fca_1R0000000000000000000000";
const WARM_UP: usize = 64;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(Task::from_arguments()))
}

async fn run(task: Task) -> Result<()> {
    let client = Client::new("sk_test_1", &task.base)?;
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
            let url = format!("{}/v1/financial_connections/accounts?limit=100", task.base);
            let page = reqwest::get(url).await?.bytes().await?;
            decode(&page, 1)?;
            let meter = Meter::start();
            decode(&page, task.count)?;
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
        black_box(client.retrieve(ACCOUNT).await?);
    }
    Ok(())
}

async fn refresh(client: &Client, count: usize) -> Result<()> {
    for _ in 0..count {
        black_box(client.refresh(ACCOUNT, &["balance"]).await?);
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
        black_box(serde_json::from_slice::<AccountList>(page)?);
    }
    Ok(())
}

/// Reads the list page by page, and works on each page that has been read.
async fn list(client: &Client, expected: usize, work: Option<Duration>) -> Result<Meter> {
    retrieve(client, 1).await?;
    let meter = Meter::start();
    let (mut count, mut cursor) = (0, None::<String>);
    loop {
        let page = client
            .list(&ListAccounts {
                customer: "cus_1",
                limit: 100,
                starting_after: cursor.as_deref(),
            })
            .await?;
        cursor = page.data.last().map(|account| account.id.clone());
        for account in page.data {
            black_box(&account);
            count += 1;
        }
        if let Some(work) = work {
            tokio::time::sleep(work).await;
        }
        if !page.has_more {
            break;
        }
    }
    assert_eq!(count, expected);
    Ok(meter)
}
