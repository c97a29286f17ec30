//! async-stripe under the load that it can bear: single requests.

use std::error::Error;
use std::hint::black_box;

use meter::{Meter, Task};
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_misc::financial_connections_account::{
    RefreshFinancialConnectionsAccount, RefreshFinancialConnectionsAccountFeatures,
    RetrieveFinancialConnectionsAccount,
};

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
    let client = ClientBuilder::new("sk_test_1").url(&task.base).build()?;
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
        other => return Err(format!("no task `{other}`").into()),
    };
    meter.finish();
    Ok(())
}

async fn retrieve(client: &Client, count: usize) -> Result<()> {
    for _ in 0..count {
        black_box(
            RetrieveFinancialConnectionsAccount::new(ACCOUNT)
                .send(client)
                .await?,
        );
    }
    Ok(())
}

async fn refresh(client: &Client, count: usize) -> Result<()> {
    for _ in 0..count {
        let features = vec![RefreshFinancialConnectionsAccountFeatures::Balance];
        let request = RefreshFinancialConnectionsAccount::new(ACCOUNT, features)
            .customize()
            // As the others do: a key for each POST, which this client sends only when it is told.
            .request_strategy(RequestStrategy::Idempotent(IdempotencyKey::new_uuid_v4()));
        black_box(request.send(client).await?);
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
