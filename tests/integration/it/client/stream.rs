//! Long lists: memory stays flat, no request is one too many, and fetching overlaps with work.

use std::pin::pin;
use std::process::Command;
use std::task::Poll;
use std::time::Duration;

use stripe_financial_connections::types::Account;
use stripe_financial_connections::{Error, ItemStream};

use crate::support::script_server::{Reply, ScriptServer, TestClock, settle};

const PAGES: usize = 100;
const PER_PAGE: usize = 100;
const SECOND: Duration = Duration::from_secs(1);

/// A server of 10,000 accounts in pages of 100.
async fn server(wait: Duration) -> ScriptServer {
    ScriptServer::play(move |_, seen| {
        let after = seen.query("starting_after");
        let first = after.map_or(0, |id| id[4..].parse::<usize>().unwrap() + 1);
        let ids = (first..first + PER_PAGE).map(|index| format!("fca_{index}"));
        assert_eq!(seen.query("limit"), Some("100"));
        Reply::page(ids, first + PER_PAGE < PAGES * PER_PAGE).after(wait)
    })
    .await
}

fn stream(server: &ScriptServer) -> ItemStream<Account> {
    server.client().accounts().list().limit(100).stream()
}

/// The next item; when nothing else happens, time passes.
async fn next(
    stream: &mut ItemStream<Account>,
    clock: &TestClock,
) -> Option<Result<Account, Error>> {
    let mut next = pin!(stream.next());
    let mut turns = 0;
    loop {
        let polled = std::future::poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await;
        if let Poll::Ready(item) = polled {
            return item;
        }
        tokio::task::yield_now().await;
        turns += 1;
        if turns % 1_000 == 0 {
            clock.advance(SECOND);
        }
    }
}

#[tokio::test]
async fn fetching_overlaps_with_work() {
    let server = server(SECOND).await;
    let clock = server.clock();
    let mut stream = stream(&server);
    let mut items = 0;
    while let Some(item) = next(&mut stream, &clock).await {
        assert_eq!(item.unwrap().id, *format!("fca_{items}"));
        if items % PER_PAGE == 0 {
            let page = items / PER_PAGE + 1;
            // The caller works for as long as the server does. By then the next request is there.
            let expected = (page + 1).min(PAGES);
            assert!(
                settle(|| server.requests() == expected).await,
                "not fetched ahead"
            );
            clock.advance(SECOND);
        }
        items += 1;
    }
    assert_eq!(items, PAGES * PER_PAGE);
    assert_eq!(server.requests(), PAGES);
    // A hundred pages to wait for and a hundred to work on: one after the other it would be 200.
    let seconds = clock.passed().as_secs();
    assert!((101..=103).contains(&seconds), "{seconds} s");
}

/// Where a process is told to be the one whose memory is measured.
const CHILD: &str = "STREAM_MEMORY_CHILD";

/// What of this process is in memory, in bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<usize>()
        .unwrap()
        * 1024
}

/// Measured in a process of its own, since other tests run beside this one.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat() {
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        return runtime.block_on(measure());
    }
    let path = concat!(module_path!(), "::memory_stays_flat");
    let (_, test) = path.split_once("::").unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<usize> = text
        .lines()
        .filter_map(|line| line.strip_prefix("growth "))
        .map(|number| number.parse().unwrap())
        .collect();
    let [streamed, collected] = numbers[..] else {
        panic!("{text}{output:?}")
    };
    const MIB: usize = 1024 * 1024;
    assert!(
        streamed < MIB,
        "streaming 9,000 accounts took {streamed} bytes"
    );
    // The same way of measuring sees what is kept.
    assert!(
        collected > 2 * MIB,
        "collecting 10,000 accounts took {collected} bytes"
    );
}

async fn measure() {
    let server = server(Duration::ZERO).await;
    let mut stream = stream(&server);
    let mut before = 0;
    let mut items = 0;
    while let Some(item) = stream.next().await {
        item.unwrap();
        items += 1;
        if items == 1_000 {
            before = resident();
        }
    }
    assert_eq!((items, server.requests()), (PAGES * PER_PAGE, PAGES));
    println!("\ngrowth {}", resident().saturating_sub(before));

    let before = resident();
    let kept = self::stream(&server).try_collect().await.unwrap();
    println!("growth {}", resident().saturating_sub(before));
    assert_eq!(kept.len(), PAGES * PER_PAGE);
}
