//! Use without `async`, from any thread.

use std::sync::mpsc;
use std::thread;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, Poll, SecretKey};

use crate::support::script_server::{KEY, Reply, ScriptServer};

/// Runs a server on a thread of its own, as the test's thread is going to be blocked.
fn with_server(replies: Vec<Reply>, test: impl FnOnce(&str)) {
    let (started, url) = mpsc::channel();
    let (done, end) = tokio::sync::oneshot::channel::<()>();
    let server = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let server = ScriptServer::replies(replies).await;
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
