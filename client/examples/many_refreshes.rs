//! Refresh many accounts under the API's rate limit.
//!
//! The client keeps to a rate and to a number of requests under way, and comes down when the API refuses
//! all the same. By default 40 accounts; more, and without the limits or with two clients that know
//! nothing of each other, by arguments:
//!
//! ```console
//! $ cargo run --release -p stripe-financial-connections --example many_refreshes -- 10000 [without|two]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, ClientBuilder, Clock as _, SecretKey, SystemClock};
use stripe_financial_connections_sandbox::{Clock, NewAccount, Sandbox};
use tokio::task::JoinSet;

/// What the API allows in test mode.
const PER_SECOND: u32 = 25;
const AT_ONCE: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let accounts: usize = arguments.next().map_or(Ok(40), |it| it.parse())?;
    let mode = arguments.next().unwrap_or_default();

    // Counted as they come: the sandbox remembers a bounded number of requests.
    let (refused, effects) = (Arc::default(), Arc::default());
    let (refusal, effect): (Arc<AtomicUsize>, Arc<AtomicUsize>) =
        (Arc::clone(&refused), Arc::clone(&effects));
    let sandbox = Sandbox::builder()
        .clock(Clock::system())
        .on_request(move |request| {
            refusal.fetch_add(usize::from(request.status == Some(429)), Ordering::Relaxed);
            effect.fetch_add(usize::from(request.effect), Ordering::Relaxed);
        })
        .start()
        .await?;
    let ids: Vec<String> = (0..accounts)
        .map(|_| sandbox.control().create_account(&NewAccount::new()))
        .collect();
    sandbox.control().set_rate_limits(true);

    let builder = || -> Result<ClientBuilder, Box<dyn Error>> {
        let key = SecretKey::new(sandbox.key())?;
        let builder = Client::builder(key).base_url(sandbox.base_url());
        Ok(builder.max_retries(5).deadline(Duration::from_secs(60)))
    };
    let limited = |builder: ClientBuilder| {
        let builder = builder.requests_per_second(PER_SECOND);
        builder.max_in_flight(AT_ONCE).build()
    };
    let clients = match mode.as_str() {
        "without" => vec![builder()?.build()?],
        "two" => vec![limited(builder()?)?, limited(builder()?)?],
        _ => vec![limited(builder()?)?],
    };

    let start = SystemClock.now();
    let shares = ids.chunks(accounts.div_ceil(clients.len()).max(1));
    let mut all = JoinSet::new();
    for (client, ids) in clients.into_iter().zip(shares) {
        all.spawn(refresh_all(client, ids.to_vec()));
    }
    while let Some(share) = all.join_next().await {
        let (done, failed) = share?;
        let seconds = (SystemClock.now() - start).as_secs_f64();
        println!("{done} refreshes done and {failed} failed after {seconds:.1} s");
    }
    println!(
        "{} took effect, {} requests were refused",
        effects.load(Ordering::Relaxed),
        refused.load(Ordering::Relaxed)
    );
    Ok(())
}

/// Refreshes all accounts; how many succeeded and failed. No more are begun than get through soon.
async fn refresh_all(client: Client, ids: Vec<String>) -> (usize, usize) {
    let mut ids = ids.into_iter();
    let mut refreshes = JoinSet::new();
    let (mut done, mut failed) = (0, 0);
    loop {
        for id in ids.by_ref().take(2 * AT_ONCE - refreshes.len()) {
            let refresh = client.accounts().refresh(id, [RefreshFeature::Balance]);
            refreshes.spawn(refresh.send());
        }
        match refreshes.join_next().await {
            None => return (done, failed),
            Some(Ok(Ok(_))) => done += 1,
            Some(_) => failed += 1,
        }
    }
}
