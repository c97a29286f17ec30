//! Secrets and personal data are planted everywhere, and nothing that is meant to be read by people
//! or written to logs shows them.

use std::error::Error as _;
use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use stripe_financial_connections::types::{RefreshFeature, Session, Transaction};
use stripe_financial_connections::webhook::{self, SigningSecret, ThinEvent};
use stripe_financial_connections::{
    Client, Error, IdempotencyKey, Method, Poll, SecretKey, SystemClock,
};
use tracing_subscriber::util::SubscriberInitExt;

use crate::support::script_server::{Cut, Reply, ScriptServer, account};

/// Part of every planted value, and of nothing else.
const PLANTED: &str = "Jane-Planted";

fn planted(what: &str) -> String {
    format!("{what}-{PLANTED}")
}

/// Checks everything that a person may get to see of a value.
#[track_caller]
fn clean(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains("Planted"), "{text}");
    }
}

#[track_caller]
fn clean_error(error: &Error) {
    clean(error);
    clean(&error.to_string());
    clean(&error.api());
    let mut cause = error.source();
    while let Some(error) = cause {
        clean(&error.to_string());
        clean(&format!("{error:?}"));
        cause = error.source();
    }
}

/// An account in which everything that can be personal is.
fn personal_account() -> Value {
    let mut it = account("fca_1");
    it["display_name"] = planted("name").into();
    it["last4"] = planted("digits").into();
    it["ownership"] = json!({
        "id": "fcaowns_1",
        "object": "financial_connections.account_ownership",
        "created": 1,
        "owners": { "object": "list", "data": [personal_owner()], "has_more": false, "url": "/" },
    });
    it["account_holder"] = json!({ "type": "customer", "customer": { "name": planted("name") } });
    it["brand_new"] = json!({ "name": planted("name") });
    it
}

fn personal_owner() -> Value {
    json!({
        "id": "fcaown_1",
        "object": "financial_connections.account_owner",
        "name": planted("name"),
        "email": planted("mail"),
        "phone": planted("phone"),
        "raw_address": planted("address"),
        "ownership": "fcaowns_1",
        "refreshed_at": null,
        "brand_new": planted("anything"),
    })
}

/// A client with secrets in every option that takes one.
fn client(server: &ScriptServer) -> Client {
    let builder = Client::builder(SecretKey::new(planted("sk_test")).unwrap())
        .base_url(server.url())
        .clock(server.clock())
        .header("X-Secret", planted("header"))
        .param("secret", planted("param"));
    clean(&builder);
    builder.build().unwrap()
}

/// Also before the builder refuses such an address.
#[test]
fn a_builder_shows_nothing_secret_of_an_address() {
    for (url, shown) in [
        (
            "https://user:Planted@api.example/x",
            "https://api.example/x",
        ),
        ("https://Planted@api.example/", "https://api.example/"),
        (
            "https://api.example/x?token=Planted",
            "https://api.example/x",
        ),
        ("https://api.example/x#Planted", "https://api.example/x"),
        (
            "ftp://Planted:Planted@api.example:21/?Planted",
            "ftp://api.example/",
        ),
        (
            "http://user:Planted@localhost:4242",
            "http://localhost:4242/",
        ),
        ("data:text/plain,Planted", "[not the URL of a server]"),
        ("user:Planted@api.example", "[not the URL of a server]"),
        ("//user:Planted@api.example", "[not the URL of a server]"),
        ("https://user:Planted@", "[not the URL of a server]"),
    ] {
        let builder = Client::builder(SecretKey::new("sk_test_1").unwrap()).base_url(url);
        clean(&builder);
        let text = format!("{builder:?}");
        assert!(text.contains(&format!("base_url: \"{shown}\"")), "{text}");
        if let Err(error) = builder.build() {
            clean_error(&error);
        }
    }
}

#[tokio::test]
async fn values_show_no_secrets() {
    let server = ScriptServer::replies([Reply::json(200, &personal_account())]).await;
    let client = client(&server);
    let idempotency_key = IdempotencyKey::new(planted("key")).unwrap();
    clean(&client);
    clean(&SecretKey::new(planted("sk_test")).unwrap());
    clean(&idempotency_key);
    clean(&SystemClock);
    clean(&Poll::default());

    let refresh = client
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance])
        .idempotency_key(idempotency_key)
        .secret_key(SecretKey::new(planted("rk_test")).unwrap())
        .header("X-Other", planted("header"))
        .param("other", planted("param"));
    clean(&refresh);
    clean(&refresh.clone().send());
    clean(&refresh.clone().and_wait(Poll::default()));
    clean(&refresh.clone().and_wait(Poll::default()).send());
    let refreshed = refresh.clone().and_wait(Poll::default()).await.unwrap();
    clean(&refreshed);
    let account = refresh.await.unwrap();
    assert_eq!(
        account.display_name.as_deref(),
        Some(planted("name").as_str())
    );
    clean(&account);

    let raw = client
        .raw(Method::Post, "/v1/x")
        .param("name", planted("name"));
    clean(&raw);
    clean(&raw.await.unwrap());
}

#[tokio::test]
async fn lists_show_no_secrets() {
    let odd = json!({ "id": "fcaown_2", "name": [planted("name")] });
    let list = json!({ "data": [personal_owner(), odd], "has_more": false, "url": "/", "new": planted("x") });
    let server = ScriptServer::replies([Reply::json(200, &list)]).await;
    let client = client(&server);
    let owners = client
        .accounts()
        .owners("fca_1", "fcaowns_1")
        .header("X-Other", planted("header"));
    clean(&owners);
    clean(&owners.clone().stream());
    clean(&owners.clone().pages());
    clean(&owners.clone().stream().blocking());
    clean(&owners.clone().lenient());
    clean_error(&owners.clone().await.unwrap_err());
    let mut pages = owners.lenient().pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(
        page.data[0].item().unwrap().email.as_deref(),
        Some(planted("mail").as_str())
    );
    clean(&page);
    clean(&page.data);
    for item in page.into_items() {
        match item.into_result() {
            Ok(owner) => clean(&owner),
            Err(raw) => {
                assert_eq!(raw.value().unwrap()["name"][0], planted("name"));
                clean_error(raw.error());
                clean(&raw);
            }
        }
    }
}

#[test]
fn objects_and_events_show_no_secrets() {
    let session: Session = serde_json::from_value(json!({
        "id": "fcsess_1", "object": "financial_connections.session", "livemode": false,
        "accounts": { "object": "list", "data": [personal_account()], "has_more": false, "url": "/" },
        "client_secret": planted("secret"), "permissions": [], "prefetch": [],
    }))
    .unwrap();
    clean(&session);
    let transaction: Transaction = serde_json::from_value(json!({
        "id": "fctxn_1", "object": "financial_connections.transaction", "account": "fca_1",
        "amount": 1, "currency": "usd", "description": planted("text"), "livemode": false,
        "status": "posted", "status_transitions": { "posted_at": 1, "void_at": null },
        "transacted_at": 1, "transaction_refresh": "fctxnref_1", "updated": 1,
    }))
    .unwrap();
    clean(&transaction);

    let secret = SigningSecret::new(planted("whsec_")).unwrap();
    clean(&secret);
    clean(&webhook::Verifier::new(secret));
    let event = json!({
        "id": "evt_1", "object": "event", "type": "financial_connections.account.created", "created": 1,
        "data": { "object": personal_account(), "previous_attributes": { "x": planted("x") } },
    });
    let event = webhook::Event::from_slice_unverified(event.to_string().as_bytes()).unwrap();
    clean(&event);
    clean(&event.account().unwrap());
    let thin =
        json!({ "id": "evt_1", "object": "v2.core.event", "type": "x", "data": planted("x") });
    clean(&ThinEvent::from_slice_unverified(thin.to_string().as_bytes()).unwrap());
}

/// Every kind of answer that makes an error, with something planted in it.
fn failing_replies() -> Vec<Reply> {
    let body = json!({ "error": {
        "type": planted("type") + " of anything", "code": planted("code") + "@", "param": planted("param") + "<",
        "message": planted("message"), "payment_intent": { "name": planted("name") },
    }});
    let html = || Reply::new(502, "text/html", planted("page")).header("X-Any", planted("header"));
    let mut odd = personal_account();
    odd["created"] = planted("text").into();
    vec![
        Reply::json(400, &body),
        html(),
        html().cut(Cut::WithinBody),
        Reply::new(200, "text/html", planted("page")),
        Reply::json(200, &odd),
        Reply::json(200, &json!({ planted("field") + "\n": 1 })),
        Reply::json(200, &personal_account()).cut(Cut::WithinBody),
        Reply::json(200, &personal_account()).cut(Cut::BeforeAnswer),
        Reply::html(302).header("Location", format!("/{}", planted("place"))),
        Reply::account("fca_1").late(std::time::Duration::from_secs(100)),
    ]
}

#[tokio::test]
async fn errors_show_no_secrets() {
    for reply in failing_replies() {
        let server = ScriptServer::replies([reply]).await;
        let call = client(&server).accounts().disconnect(planted("fca"));
        clean_error(&call.param("name", planted("name")).await.unwrap_err());
    }
    for key in [planted("pk_"), planted(" "), planted("\n")] {
        clean_error(&SecretKey::new(&key).unwrap_err().into());
        assert!(
            IdempotencyKey::new(format!("{key}\n"))
                .map_err(|error| clean_error(&error.into()))
                .is_err()
        );
    }
    let server = ScriptServer::replies([Reply::account("fca_1")]).await;
    let client = client(&server);
    let request = || client.accounts().disconnect("fca_1");
    clean_error(
        &request()
            .header("X-Name", planted("line\n"))
            .await
            .unwrap_err(),
    );
    clean_error(
        &request()
            .stripe_account(planted("line\n"))
            .await
            .unwrap_err(),
    );
    clean_error(
        &client
            .raw(Method::Get, planted("no slash"))
            .await
            .unwrap_err(),
    );
    let builder = || Client::builder(SecretKey::new("sk_test_1").unwrap());
    for url in [
        "http://example.com/",
        "https://user:pass@example.com/",
        "no url ",
    ] {
        clean_error(&builder().base_url(planted(url)).build().unwrap_err());
    }
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_and_spans_show_no_secrets_at_any_level() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // With only one subscriber alive, `tracing` asks whichever thread comes first by a log statement
    // whether anybody listens, and remembers the answer for all. Other tests' threads say no.
    let another = tracing_subscriber::registry().set_default();
    // One thread runs the test, the client and the server.
    let guard = subscriber.set_default();
    for reply in failing_replies() {
        let server = ScriptServer::replies([reply, Reply::json(200, &personal_account())]).await;
        let client = client(&server);
        let id = planted("fca");
        let key = IdempotencyKey::new(planted("key")).unwrap();
        let _ = client
            .accounts()
            .disconnect(&id)
            .idempotency_key(key)
            .max_retries(0)
            .await;
        client.accounts().retrieve(&id).await.unwrap();
        let _ = client
            .raw(Method::Get, format!("/v1/{id}"))
            .param("x", planted("x"))
            .await;
        let _ = client
            .accounts()
            .list()
            .customer(planted("cus"))
            .stream()
            .next()
            .await;
    }
    drop((guard, another));
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for line in log.lines() {
        assert!(!line.contains("Planted"), "{line}");
    }
    // What an operator needs is there.
    for expected in [
        "stripe.request{",
        "stripe.operation=\"accounts.disconnect\"",
        "http.request.method=\"POST\"",
        "url.template=\"/v1/financial_connections/accounts/{account}/disconnect\"",
        "server.address=\"127.0.0.1\"",
        "server.port=",
        "http.response.status_code=502",
        "http.request.resend_count=0",
        "stripe.request_id=req_scripted",
        "error.type=\"server\"",
        "error.type=\"decode\"",
        "duration_ms=",
    ] {
        assert!(log.contains(expected), "{expected} in\n{log}");
    }
}
