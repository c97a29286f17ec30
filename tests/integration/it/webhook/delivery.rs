//! Events from the sandbox, over a socket, to a handler that verifies them.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use stripe_financial_connections::types::{EventType, RefreshFeature, RefreshStatus};
use stripe_financial_connections::webhook::{
    ErrorKind, Event, SIGNATURE_HEADER, SigningSecret, ThinEvent, ThinEventType, Verifier, testing,
};
use stripe_financial_connections::{Client, SecretKey, Timestamp};
use stripe_financial_connections_sandbox::{
    AccountNumber, AccountNumberStatus, Control, DeactivationCause, EventStyle, Holder, NewAccount,
    NewEndpoint, PaymentMethodType, Sandbox,
};

use crate::support::script_server::{Reply, ScriptServer};

const SECRET: &str = "whsec_delivery";
const DAY: i64 = 86_400;

/// A web server with one handler, which keeps what it has verified and refuses the rest.
struct Receiver<T> {
    url: String,
    taken: Arc<Mutex<Vec<T>>>,
}

type Verify<T> = fn(&Verifier, &[u8], &[u8], Timestamp) -> Option<T>;

impl<T: Send + 'static> Receiver<T> {
    /// Verifies as of the sandbox's time.
    async fn start(control: Control, secret: &str, verify: Verify<T>) -> Self {
        let verifier = Verifier::new(SigningSecret::new(secret).unwrap());
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        let handler = move |headers: HeaderMap, body: Bytes| async move {
            let header = headers
                .get(SIGNATURE_HEADER)
                .map_or(&b""[..], |value| value.as_bytes());
            let now = Timestamp::from_unix_seconds(control.now());
            match verify(&verifier, &body, header, now) {
                Some(event) => {
                    kept.lock().unwrap().push(event);
                    StatusCode::OK
                }
                None => StatusCode::BAD_REQUEST,
            }
        };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move {
            axum::serve(listener, Router::new().route("/hook", post(handler))).await
        });
        Self { url, taken }
    }

    fn take(&self) -> Vec<T> {
        std::mem::take(&mut *self.taken.lock().unwrap())
    }

    fn endpoint(&self) -> NewEndpoint {
        NewEndpoint::new(&self.url).secret(SECRET)
    }
}

fn snapshot(verifier: &Verifier, body: &[u8], header: &[u8], now: Timestamp) -> Option<Event> {
    verifier.verify_at(body, header, now).ok()
}

fn thin(verifier: &Verifier, body: &[u8], header: &[u8], now: Timestamp) -> Option<ThinEvent> {
    verifier.verify_thin_at(body, header, now).ok()
}

fn client(sandbox: &Sandbox) -> Client {
    Client::builder(SecretKey::new(sandbox.key()).unwrap())
        .base_url(sandbox.base_url())
        .build()
        .unwrap()
}

/// The status that a receiver answers a signed payload with.
async fn send(url: &str, payload: &Value, now: i64) -> u16 {
    let body = payload.to_string();
    let secret = SigningSecret::new(SECRET).unwrap();
    let header = testing::sign(body.as_bytes(), &secret, Timestamp::from_unix_seconds(now));
    let request = reqwest::Client::new()
        .post(url)
        .header(SIGNATURE_HEADER, header)
        .body(body);
    request.send().await.unwrap().status().as_u16()
}

/// Everything that can happen to an account.
///
/// What is under way is delivered before the clock moves: it would come in weeks late.
async fn let_it_all_happen(control: &Control, account: &str) {
    let now = control.now();
    control.end_refreshes();
    let types = [PaymentMethodType::UsBankAccount, PaymentMethodType::Link];
    control.set_payment_method_types(account, types).unwrap();
    let mut number = AccountNumber::new(AccountNumberStatus::Transactable);
    number.expected_expiry_date = Some(now + 31 * DAY);
    control.set_account_number(account, number).unwrap();
    let cause = DeactivationCause::AccessExpired;
    control
        .expect_deactivation(account, now + 31 * DAY, cause, true)
        .unwrap();
    // Past both warnings, and then to the day itself.
    for days in [2, 30] {
        control.deliver_webhooks().await;
        control.advance(Duration::from_secs(days * 86_400));
    }
    control.reactivate(account).unwrap();
    control.disconnect(account).unwrap();
    control.deliver_webhooks().await;
}

#[tokio::test]
async fn every_type_arrives_and_is_read() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let receiver = Receiver::start(control.clone(), SECRET, snapshot).await;
    control
        .create_webhook_endpoint(receiver.endpoint())
        .unwrap();

    let account = control.create_account(&NewAccount::new());
    let features = [
        RefreshFeature::Balance,
        RefreshFeature::Ownership,
        RefreshFeature::Transactions,
    ];
    client(&sandbox)
        .accounts()
        .refresh(account.as_str(), features)
        .await
        .unwrap();
    let_it_all_happen(&control, &account).await;

    // The sandbox has no authorizations of its own: the API's document does not describe them.
    for what in [
        "expected_deactivation_date_updated",
        "upcoming_deactivation",
    ] {
        let authorization =
            json!({"id": "fcauth_1", "object": "financial_connections.authorization"});
        let kind = format!("financial_connections.authorization.{what}");
        control.send_event(&kind, authorization);
    }
    control.deliver_webhooks().await;

    let events = receiver.take();
    let arrived: BTreeSet<_> = events.iter().map(|event| event.kind().as_str()).collect();
    assert_eq!(arrived, EventType::KNOWN.iter().copied().collect());
    for event in &events {
        let kind = event.kind();
        assert!(!matches!(kind, EventType::UnknownValue(_)), "{kind}");
        if kind.as_str().contains(".authorization.") {
            assert_eq!(event.account().unwrap_err().kind(), ErrorKind::OtherObject);
            assert_eq!(event.object().unwrap()["id"], "fcauth_1");
            continue;
        }
        assert_eq!(event.account().unwrap().id, account.as_str(), "{kind}");
        assert!(
            event.matches_pinned_version() && event.created().is_some(),
            "{kind}"
        );
        assert_eq!(
            (event.livemode(), event.connected_account()),
            (Some(false), None),
            "{kind}"
        );
    }
    assert!(
        control
            .deliveries()
            .iter()
            .all(|delivery| delivery.status == Some(200))
    );
}

#[tokio::test]
async fn a_refresh_is_told_of_with_its_outcome() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let receiver = Receiver::start(control.clone(), SECRET, snapshot).await;
    let account = control.create_account(&NewAccount::new());
    let kind = EventType::AccountRefreshedBalance;
    let endpoint = receiver.endpoint().events([kind.as_str()]).copies(2);
    control.create_webhook_endpoint(endpoint).unwrap();

    client(&sandbox)
        .accounts()
        .refresh(account.as_str(), [RefreshFeature::Balance])
        .await
        .unwrap();
    control.end_refreshes();
    control.deliver_webhooks().await;

    let events = receiver.take();
    assert_eq!(events.len(), 2, "each delivery, duplicates too");
    assert_eq!(events[0], events[1]);
    let account = events[0].account().unwrap();
    assert_eq!(
        account.balance_refresh.unwrap().status,
        RefreshStatus::Succeeded
    );
    assert!(account.balance.is_some());
}

#[tokio::test]
async fn an_odd_object_and_an_unknown_type_arrive_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let receiver = Receiver::start(control.clone(), SECRET, snapshot).await;
    let payload = json!({
        "id": "evt_1",
        "object": "event",
        "type": "financial_connections.account.renamed",
        "api_version": "2031-01-01.future",
        "data": {"object": {"object": "financial_connections.account", "id": ["fca_1"]}},
        "new": {"a": 1},
    });
    assert_eq!(send(&receiver.url, &payload, control.now()).await, 200);
    let event = receiver.take().remove(0);
    assert!(matches!(event.kind(), EventType::UnknownValue(_)));
    assert_eq!(event.account().unwrap_err().path(), Some("data.object.id"));
    assert_eq!(serde_json::to_value(&event).unwrap(), payload);
}

#[tokio::test]
async fn what_is_not_signed_for_this_handler_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let receiver = Receiver::start(control.clone(), SECRET, snapshot).await;
    let endpoint = receiver.endpoint().secret("whsec_another");
    control.create_webhook_endpoint(endpoint).unwrap();
    let _ = control.create_account(&NewAccount::new());
    control.deliver_webhooks().await;
    assert!(receiver.take().is_empty());
    assert_eq!(control.deliveries()[0].status, Some(400));

    assert_eq!(
        send(
            &receiver.url,
            &json!({"id": "evt_1", "type": "x"}),
            control.now() - 301
        )
        .await,
        400
    );
    assert_eq!(
        send(
            &receiver.url,
            &json!({"id": "evt_1", "type": "x"}),
            control.now() - 300
        )
        .await,
        200
    );
}

#[tokio::test]
async fn while_the_secret_is_rolled_the_old_and_the_new_one_fit() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let receiver = Receiver::start(control.clone(), SECRET, |_, body, header, _| {
        Some((body.to_vec(), header.to_vec()))
    })
    .await;
    let endpoint = control
        .create_webhook_endpoint(receiver.endpoint())
        .unwrap();
    let new = control.roll_webhook_secret(&endpoint.id).unwrap();
    let _ = control.create_account(&NewAccount::new());
    control.deliver_webhooks().await;

    let (body, header) = receiver.take().remove(0);
    let now = Timestamp::from_unix_seconds(control.now());
    for (secret, expected) in [
        (SECRET, None),
        (&new, None),
        ("whsec_x", Some(ErrorKind::Mismatch)),
    ] {
        let verifier = Verifier::new(SigningSecret::new(secret).unwrap());
        let refusal = verifier.verify_at(&body, &header, now).err();
        assert_eq!(refusal.map(|error| error.kind()), expected);
    }
}

#[tokio::test]
async fn a_thin_event_fetches_its_account() {
    let sandbox = Sandbox::start().await.unwrap();
    let connected = sandbox.control().create_connected_account();
    let control = sandbox.control().for_account(&connected);
    let receiver = Receiver::start(control.clone(), SECRET, thin).await;
    let endpoint = receiver.endpoint().style(EventStyle::Thin).connect();
    sandbox.control().create_webhook_endpoint(endpoint).unwrap();
    let account =
        control.create_account(&NewAccount::new().holder(Holder::Account(connected.clone())));
    control.deliver_webhooks().await;

    let event = receiver.take().remove(0);
    assert_eq!(event.kind(), "v1.financial_connections.account.created");
    assert_eq!(event.created(), Some("2026-10-01T00:00:00.000Z"));
    assert_eq!(event.context(), Some(connected.as_str()));

    let client = client(&sandbox);
    let fetched = event.fetch_account(&client).await.unwrap();
    assert_eq!(fetched.id, account.as_str());
    let raw = event.fetch_related(&client).await.unwrap();
    assert_eq!(raw["id"], account.as_str());
    // The account of a connected account is found in its context only.
    assert!(
        client
            .accounts()
            .retrieve(account.as_str())
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test]
async fn odd_and_harmless_parts_of_a_thin_event_do_not_stop_the_fetch() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.control().create_account(&NewAccount::new());
    let path = format!("/v1/financial_connections/accounts/{account}");
    let client = client(&sandbox);
    for (context, query) in [
        (json!(""), ""),
        (Value::Null, "?"),
        (json!(""), "?expand[]=ownership"),
        (json!(""), "?expand%5B0%5D=ownership#part"),
        (Value::Null, "#part"),
    ] {
        let event = json!({
            "id": "evt_1", "object": "v2.core.event", "type": "x", "context": context,
            "related_object": {
                "id": account, "type": "financial_connections.account", "url": format!("{path}{query}"),
            },
        });
        let event = ThinEvent::from_slice_unverified(event.to_string().as_bytes()).unwrap();
        let fetched = event.fetch_related(&client).await.unwrap();
        assert_eq!(fetched["id"], account.as_str(), "{query}");
        assert_eq!(
            event.fetch_account(&client).await.unwrap().id,
            account.as_str()
        );
    }
    // The query is sent, and means the same.
    let event = json!({
        "id": "evt_1", "object": "v2.core.event", "type": "x",
        "related_object": {
            "id": account, "type": "financial_connections.account",
            "url": format!("{path}?expand[]=no+%73uch"),
        },
    });
    let event = ThinEvent::from_slice_unverified(event.to_string().as_bytes()).unwrap();
    let error = event.fetch_related(&client).await.unwrap_err();
    assert_eq!(error.status(), Some(400), "{error}");
    let message = error.api().unwrap().message().unwrap();
    assert!(message.contains("no such"), "{message}");
}

#[tokio::test]
async fn a_thin_event_without_an_account_fetches_none() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let event = |related: Value| {
        let event = json!({"id": "evt_1", "object": "v2.core.event", "type": "x", "related_object": related});
        ThinEvent::from_slice_unverified(event.to_string().as_bytes()).unwrap()
    };
    let meter = json!({"id": "mtr_1", "type": "billing.meter", "url": "/v1/billing/meters/mtr_1"});
    assert!(
        event(meter)
            .fetch_account(&client)
            .await
            .unwrap_err()
            .is_usage()
    );
    assert!(
        event(Value::Null)
            .fetch_account(&client)
            .await
            .unwrap_err()
            .is_usage()
    );
    assert!(
        event(Value::Null)
            .fetch_related(&client)
            .await
            .unwrap_err()
            .is_usage()
    );
    // The key goes nowhere else, whatever the event says.
    for url in [
        "https://evil.example/",
        "//evil.example/",
        "@evil.example",
        "/../x",
    ] {
        let odd = json!({"id": "fca_1", "type": "financial_connections.account", "url": url});
        assert!(
            event(odd)
                .fetch_related(&client)
                .await
                .unwrap_err()
                .is_usage(),
            "{url}"
        );
    }
}

/// The client acts for the platform; the event happened in another account.
#[tokio::test]
async fn the_context_of_a_thin_event_takes_the_place_of_the_clients_account() {
    let server = ScriptServer::replies([Reply::account("fca_1")]).await;
    let client = server.builder().stripe_account("acct_platform").build();
    let client = client.unwrap();
    for (context, account, sent) in [
        (json!("acct_other"), None, Some("acct_other")),
        (json!("acct_1/acct_2"), None, Some("acct_1/acct_2")),
        (json!(""), Some("acct_platform"), None),
        (Value::Null, Some("acct_platform"), None),
    ] {
        let event = json!({
            "id": "evt_1", "object": "v2.core.event", "type": "x", "context": context,
            "related_object": {
                "id": "fca_1", "type": "financial_connections.account",
                "url": "/v1/financial_connections/accounts/fca_1",
            },
        });
        let event = ThinEvent::from_slice_unverified(event.to_string().as_bytes()).unwrap();
        event.fetch_account(&client).await.unwrap();
        event.fetch_related(&client).await.unwrap();
        for seen in &server.seen()[server.requests() - 2..] {
            assert_eq!(seen.header("stripe-account"), account);
            assert_eq!(seen.header("stripe-context"), sent);
        }
    }
}

#[tokio::test]
async fn a_thin_event_fetches_itself() {
    let event = |id: &str| {
        let event = json!({
            "id": id, "object": "v2.core.event", "type": "v1.financial_connections.account.created",
            "context": "acct_1", "data": {"more": 1},
        });
        ThinEvent::from_slice_unverified(event.to_string().as_bytes()).unwrap()
    };
    let whole = serde_json::to_value(event("evt_1")).unwrap();
    let server = ScriptServer::replies([Reply::json(200, &whole), Reply::account("fca_1")]).await;
    let client = server.client();
    let fetched = event("evt/1").fetch_event(&client).await.unwrap();
    assert_eq!(*fetched.kind(), ThinEventType::AccountCreated);
    assert_eq!(fetched.get("data").unwrap()["more"], 1);
    assert_eq!((fetched.status(), fetched.id().as_str()), (200, "evt_1"));
    let seen = server.seen().remove(0);
    assert_eq!(seen.target, "/v2/core/events/evt%2F1");
    assert_eq!(seen.header("stripe-context"), Some("acct_1"));
    assert_eq!(
        seen.header("stripe-version"),
        Some(stripe_financial_connections::API_VERSION)
    );
    // What is answered is no event.
    let error = event("evt_2").fetch_event(&client).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    for id in ["", ".", ".."] {
        assert!(
            event(id).fetch_event(&client).await.unwrap_err().is_usage(),
            "{id}"
        );
    }
    assert_eq!(server.requests(), 2);
}
