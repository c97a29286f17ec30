//! Use without `async`, from any thread.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, Poll, SecretKey};

use crate::support::script_server::{KEY, Reply, ScriptServer, Seen};

/// Runs a server on a thread of its own, as the test's thread is going to be blocked. It answers with
/// each reply in turn.
fn with_server(replies: Vec<Reply>, test: impl FnOnce(&str)) {
    with(
        move |number, _| replies[number.min(replies.len() - 1)].clone(),
        test,
    );
}

/// As before, but with the page that the cursor asks for, which may be asked for more than once.
fn with_played_server(pages: Vec<Reply>, test: impl FnOnce(&str)) {
    let play = move |_: usize, seen: &Seen| {
        let page = match seen.query("starting_after") {
            None => 0,
            Some("b") => 1,
            Some("c") => 2,
            Some(cursor) => panic!("no such cursor: {cursor}"),
        };
        pages[page].clone()
    };
    with(play, test);
}

fn with(play: impl FnMut(usize, &Seen) -> Reply + Send + 'static, test: impl FnOnce(&str)) {
    let (started, url) = mpsc::channel();
    let (done, end) = tokio::sync::oneshot::channel::<()>();
    let server = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let server = ScriptServer::play(play).await;
            started.send(server.url()).unwrap();
            let _ = end.await;
        });
    });
    test(&url.recv().unwrap());
    drop(done);
    server.join().unwrap();
}

fn client(url: &str) -> Client {
    Client::builder(SecretKey::new(KEY).unwrap())
        .base_url(url)
        .build()
        .unwrap()
}

#[test]
fn every_request_can_block() {
    with_server(vec![Reply::account("fca_1")], |url| {
        let client = client(url);
        let account = client.accounts().retrieve("fca_1").send_blocking().unwrap();
        assert_eq!(account.id, "fca_1");
        let error = client.accounts().list().send_blocking().unwrap_err();
        assert!(error.is_decode());
        let refresh = client
            .accounts()
            .refresh("fca_1", [RefreshFeature::Balance]);
        assert!(refresh.and_wait(Poll::default()).send_blocking().is_ok());
    });
}

#[test]
fn lists_are_iterators() {
    let pages = vec![Reply::page(["a", "b"], true), Reply::page(["c"], false)];
    with_server(pages, |url| {
        let items = client(url).accounts().list().stream().blocking();
        let ids: Vec<_> = items
            .map(|item| item.unwrap().id.as_str().to_owned())
            .collect();
        assert_eq!(ids, ["a", "b", "c"]);
    });
}

#[test]
fn a_runtime_does_not_matter() {
    with_server(vec![Reply::account("fca_1")], |url| {
        let current = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let several = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        for runtime in [&current, &several] {
            let client = client(url);
            let request = || client.accounts().retrieve("fca_1");
            runtime.block_on(async {
                // The connection of the first belongs to this runtime, which the second blocks.
                request().await.unwrap();
                request().send_blocking().unwrap();
                request().await.unwrap();
            });
        }
    });
}

#[test]
fn blocking_requests_make_progress_within_one_task() {
    with_server(vec![Reply::account("fca_1")], |url| {
        let client = client(url);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        // More than a task may do before it has to yield.
        let (done, finished) = mpsc::channel();
        thread::spawn(move || {
            runtime.block_on(async {
                for _ in 0..300 {
                    client.accounts().retrieve("fca_1").send_blocking().unwrap();
                }
            });
            done.send(()).unwrap();
        });
        assert_eq!(finished.recv_timeout(GUARD), Ok(()), "it hangs");
    });
}

/// How long a test waits for what must not hang. Nothing depends on its value but how long a failure
/// takes.
const GUARD: Duration = Duration::from_secs(20);

#[test]
fn a_stream_that_was_read_ahead_can_block_its_runtime() {
    let pages = || {
        vec![
            Reply::page(["a", "b"], true),
            Reply::page(["c"], true),
            Reply::page(["d"], false),
        ]
    };
    for read in [0, 1, 2, 3] {
        let play = pages();
        with_played_server(play, move |url| {
            let client = client(url);
            let (done, finished) = mpsc::channel();
            thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                let ids = runtime.block_on(async {
                    let mut stream = client.accounts().list().stream();
                    let mut ids = Vec::new();
                    for _ in 0..read {
                        ids.push(stream.next().await.unwrap().unwrap().id);
                    }
                    // The page that comes next is being fetched by a task of this runtime.
                    ids.extend(stream.blocking().map(|item| item.unwrap().id));
                    ids
                });
                let ids: Vec<_> = ids.iter().map(|id| id.as_str().to_owned()).collect();
                done.send(ids).unwrap();
            });
            let ids = finished.recv_timeout(GUARD).expect("it hangs");
            assert_eq!(ids, ["a", "b", "c", "d"], "{read}");
        });
    }
}

#[test]
fn a_stream_can_move_to_another_runtime() {
    for read in [1, 2, 3] {
        let pages = vec![
            Reply::page(["a", "b"], true),
            Reply::page(["c"], true),
            Reply::page(["d"], false),
        ];
        with_played_server(pages, move |url| {
            let client = client(url);
            let (done, finished) = mpsc::channel();
            thread::spawn(move || {
                let runtime = || {
                    tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .unwrap()
                };
                let first = runtime();
                let mut stream = client.accounts().list().stream();
                first.block_on(async {
                    for _ in 0..read {
                        stream.next().await.unwrap().unwrap();
                    }
                });
                // With it go its connections, and the page that it was fetching ahead.
                drop(first);
                let fourth = runtime().block_on(async {
                    for _ in read..3 {
                        stream.next().await.unwrap().unwrap();
                    }
                    stream.next().await.unwrap().unwrap()
                });
                done.send(fourth.id.as_str().to_owned()).unwrap();
            });
            let last = finished.recv_timeout(GUARD).expect("it hangs");
            assert_eq!(last, "d", "{read}");
        });
    }
}
