//! Webhooks, the whole loop, against the sandbox in this process: no key, no network.
//!
//! An endpoint is registered, a refresh is asked for, and its event comes in, twice. The handler
//! verifies it, reads the account, acknowledges it and ignores the copy.
//!
//! ```sh
//! cargo run --example webhook --features webhook
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::collections::HashSet;
use std::error::Error;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use stripe_financial_connections::types::{EventType, RefreshFeature};
use stripe_financial_connections::webhook::{
    self, EventId, SIGNATURE_HEADER, SigningSecret, Verifier,
};
use stripe_financial_connections::{Client, SecretKey};
use stripe_financial_connections_sandbox::{Clock, NewAccount, NewEndpoint, Sandbox};
use tokio::net::TcpListener;

/// What the handler needs. The ids belong into the database, next to what the events change.
struct App {
    verifier: Verifier,
    done: Mutex<HashSet<EventId>>,
}

/// The body has to be the bytes that came in: a framework must not read them as JSON first.
async fn receive(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers
        .get(SIGNATURE_HEADER)
        .map_or(&[][..], |header| header.as_bytes());
    match app.handle(&body, signature) {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            println!("refused: {error}");
            StatusCode::BAD_REQUEST
        }
    }
}

impl App {
    fn handle(&self, body: &[u8], signature: &[u8]) -> Result<(), webhook::Error> {
        let event = self.verifier.verify(body, signature)?;
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if done.contains(event.id()) {
            println!("{} came again", event.id());
            return Ok(());
        }
        match event.kind() {
            EventType::AccountRefreshedBalance => {
                let account = event.account()?;
                println!(
                    "{}: balance of {}: {:?}",
                    event.id(),
                    account.id,
                    account.balance
                );
            }
            other => println!("{}: nothing to do for {other}", event.id()),
        }
        // Only now: an event that could not be dealt with is refused, and comes again.
        done.insert(event.id().clone());
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = Arc::new(App {
        verifier: Verifier::new(SigningSecret::new("whsec_example")?),
        done: Mutex::default(),
    });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/stripe/events", listener.local_addr()?);
    let router = Router::new()
        .route("/stripe/events", post(receive))
        .with_state(Arc::clone(&app));
    tokio::spawn(async move { axum::serve(listener, router).await });

    // Signatures carry the time, so that the sandbox's clock has to run with this machine's.
    let sandbox = Sandbox::builder().clock(Clock::system()).start().await?;
    let control = sandbox.control();
    control.create_webhook_endpoint(NewEndpoint::new(url).secret("whsec_example").copies(2))?;
    let account = control.create_account(&NewAccount::new());

    let client = Client::builder(SecretKey::new(sandbox.key())?)
        .base_url(sandbox.base_url())
        .build()?;
    client
        .accounts()
        .refresh(&account, [RefreshFeature::Balance])
        .await?;
    println!("asked for the balance of {account}");
    control.end_refreshes();
    control.deliver_webhooks().await;
    println!("{} deliveries acknowledged", control.deliveries().len());
    Ok(())
}
