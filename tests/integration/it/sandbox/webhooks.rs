//! Webhooks of the sandbox: signed, in the endpoint's version, at least once.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use stripe_financial_connections_sandbox::{
    EventStyle, Feature, NewAccount, NewEndpoint, Sandbox, Settings,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::http::{get, post, request};

/// What an endpoint received: the signature header and the body.
type Received = Arc<Mutex<Vec<(String, String)>>>;

/// An endpoint that answers with these statuses in turn, and with the last one from then on.
async fn endpoint(statuses: &'static [u16]) -> (String, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let received = Received::default();
    let inbox = Arc::clone(&received);
    tokio::spawn(async move {
        for at in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = String::new();
            while !complete(&text) {
                let mut part = [0; 4_096];
                let length = stream.read(&mut part).await.unwrap();
                text.push_str(std::str::from_utf8(&part[..length]).unwrap());
            }
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with("POST /hook HTTP/1.1"), "{head}");
            let signature = header(head, "stripe-signature").unwrap().to_owned();
            inbox.lock().unwrap().push((signature, body.to_owned()));
            let status = statuses.get(at).or(statuses.last()).unwrap();
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, received)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

fn complete(text: &str) -> bool {
    text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
        header(head, "content-length").unwrap().parse() == Ok(body.len())
    })
}

fn bodies(received: &Received) -> Vec<Value> {
    let received = received.lock().unwrap();
    received
        .iter()
        .map(|(_, body)| serde_json::from_str(body).unwrap())
        .collect()
}

fn kinds(received: &Received) -> Vec<String> {
    let bodies = bodies(received);
    bodies
        .iter()
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn events_are_signed_and_in_the_version_of_the_endpoint() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let (url, received) = endpoint(&[200]).await;
    let new = NewEndpoint::new(url)
        .secret("whsec_test")
        .api_version("2022-11-15");
    let hook = control.create_webhook_endpoint(new).unwrap();
    assert_eq!(hook.secret, "whsec_test");
    let id = control.create_account(&NewAccount::new());
    post(&sandbox, &format!("/accounts/{id}/disconnect"), "")
        .key("k")
        .ok()
        .await;
    control.deliver_webhooks().await;

    let events = bodies(&received);
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["type"], "financial_connections.account.created");
    assert_eq!(
        events[0]["request"]["id"],
        Value::Null,
        "nobody asked for it"
    );
    let event = &events[1];
    assert_eq!(event["type"], "financial_connections.account.disconnected");
    assert_eq!(event["api_version"], "2022-11-15");
    assert_eq!(event["object"], "event");
    assert_eq!(event["request"]["idempotency_key"], "k");
    assert_eq!(event["request"]["id"], control.requests()[0].request_id);
    assert_eq!(
        event["data"]["object"],
        get(&sandbox, &format!("/accounts/{id}"))
            .header("stripe-version", "2022-11-15")
            .ok()
            .await
    );

    let (signature, body) = received.lock().unwrap()[1].clone();
    let time = control.now();
    let mut mac = Hmac::<Sha256>::new_from_slice(b"whsec_test").unwrap();
    mac.update(format!("{time}.{body}").as_bytes());
    let expected = format!("t={time},v1={}", hex::encode(mac.finalize().into_bytes()));
    assert_eq!(signature, expected);

    control.roll_webhook_secret(&hook.id).unwrap();
    let _account = control.create_account(&NewAccount::new());
    control.deliver_webhooks().await;
    let (signature, _) = received.lock().unwrap()[2].clone();
    assert_eq!(signature.matches("v1=").count(), 2, "{signature}");
}

#[tokio::test]
async fn thin_events_refer_to_their_object() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let (url, received) = endpoint(&[204]).await;
    let thin = NewEndpoint::new(url).style(EventStyle::Thin);
    control.create_webhook_endpoint(thin.clone()).unwrap();
    control
        .create_webhook_endpoint(thin.api_version("2026-10-28.endive"))
        .unwrap();
    let id = control.create_account(&NewAccount::new().refreshed([Feature::Transactions]));
    control.deliver_webhooks().await;
    let prefix = "v1.financial_connections.account";
    let wanted = [
        "created",
        "created",
        "refreshed_transactions",
        "transactions_refresh_succeeded",
    ];
    // Endpoints do not wait for one another.
    let mut kinds = kinds(&received);
    kinds.sort_unstable();
    assert_eq!(kinds, wanted.map(|what| format!("{prefix}.{what}")));
    let event = &bodies(&received)[0];
    assert_eq!(event["object"], "v2.core.event");
    assert_eq!(event["created"], "2026-10-01T00:00:00.000Z");
    assert_eq!(event["related_object"]["id"], id);
    assert_eq!(event.get("data"), None);
    let url = event["related_object"]["url"].as_str().unwrap();
    let account = request(&sandbox, reqwest::Method::GET, url).ok().await;
    assert_eq!(account["id"], id);
}

#[tokio::test]
async fn what_is_not_acknowledged_is_tried_again_when_the_clock_moves() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let (url, received) = endpoint(&[500, 302, 200]).await;
    control
        .create_webhook_endpoint(NewEndpoint::new(url))
        .unwrap();
    let _account = control.create_account(&NewAccount::new());
    for (seconds, attempts) in [(0, 1), (59, 1), (1, 2), (3_600, 3), (86_400, 3)] {
        control.advance(Duration::from_secs(seconds));
        control.deliver_webhooks().await;
        assert_eq!(received.lock().unwrap().len(), attempts);
    }
    let bodies = bodies(&received);
    assert_eq!(bodies[0], bodies[2], "the same event");
    let statuses: Vec<_> = control.deliveries().iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Some(500), Some(302), Some(200)]);
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_given_up_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", gone.local_addr().unwrap());
    drop(gone);
    control
        .create_webhook_endpoint(NewEndpoint::new(url))
        .unwrap();
    let _account = control.create_account(&NewAccount::new());
    for _ in 0..5 {
        control.deliver_webhooks().await;
        control.advance(Duration::from_secs(86_400));
    }
    control.deliver_webhooks().await;
    let attempts: Vec<_> = control
        .deliveries()
        .iter()
        .map(|one| (one.attempt, one.status))
        .collect();
    assert_eq!(attempts, [(1, None), (2, None), (3, None)]);
    assert!(
        control
            .create_webhook_endpoint(NewEndpoint::new("ftp://example.com/"))
            .is_err()
    );
}

#[tokio::test]
async fn events_may_come_twice_and_in_no_order() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let (url, received) = endpoint(&[200]).await;
    control
        .create_webhook_endpoint(NewEndpoint::new(url).copies(2).shuffled())
        .unwrap();
    control.seed_accounts(1);
    let id = control.accounts()[0].id.clone();
    post(
        &sandbox,
        &format!("/accounts/{id}/subscribe"),
        "features[]=transactions",
    )
    .ok()
    .await;
    // One step of the clock, so that what happens on the way waits together.
    control.advance(Duration::from_secs(20 * 86_400));
    control.deliver_webhooks().await;
    let mut created: Vec<i64> = bodies(&received)
        .iter()
        .map(|event| event["created"].as_i64().unwrap())
        .collect();
    let sorted = {
        let mut sorted = created.clone();
        sorted.sort_unstable();
        sorted
    };
    assert_ne!(created, sorted, "out of order");
    created = sorted;
    assert_eq!(created.len() % 2, 0);
    assert!(
        created.chunks(2).all(|pair| pair[0] == pair[1]),
        "each of them twice"
    );
    assert!(created.len() >= 40);
}

#[tokio::test]
async fn endpoints_choose_their_events_and_whose() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let connected = control.create_connected_account();
    let (url, own) = endpoint(&[200]).await;
    let disconnected = ["financial_connections.account.disconnected"];
    control
        .create_webhook_endpoint(NewEndpoint::new(url).events(disconnected))
        .unwrap();
    let (url, theirs) = endpoint(&[200]).await;
    control
        .create_webhook_endpoint(NewEndpoint::new(url).connect())
        .unwrap();
    let mine = control.create_account(&NewAccount::new());
    control.disconnect(&mine).unwrap();
    control
        .for_account(&connected)
        .create_account(&NewAccount::new());
    control.deliver_webhooks().await;
    assert_eq!(kinds(&own), disconnected);
    assert_eq!(kinds(&theirs), ["financial_connections.account.created"]);
    assert_eq!(bodies(&theirs)[0]["account"], connected);
}

#[tokio::test]
async fn events_are_listed_newest_first_and_retrieved() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let id = control.create_account(&NewAccount::new());
    control.deactivate(&id).unwrap();
    control.reactivate(&id).unwrap();
    let send = |path: &str| request(&sandbox, reqwest::Method::GET, path).send();
    let list = send("/v1/events").await;
    assert_eq!(list.ids().len(), 3);
    assert_eq!(
        list.body["data"][0]["type"],
        "financial_connections.account.reactivated"
    );
    let one = send(&format!("/v1/events/{}", list.ids()[1])).await;
    assert_eq!(one.body, list.body["data"][1]);
    let only = send("/v1/events?types[]=financial_connections.account.created").await;
    assert_eq!(only.ids(), [list.ids()[2]]);
    assert_eq!(send("/v1/events/evt_none").await.status, 404);
    assert_eq!(send("/v1/events?nope=1").await.status, 400);
}

#[tokio::test]
async fn a_slow_endpoint_delays_no_other() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    // It accepts connections, and never answers on them.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let slow = format!("http://{}/hook", silent.local_addr().unwrap());
    control
        .create_webhook_endpoint(NewEndpoint::new(slow))
        .unwrap();
    let (url, received) = endpoint(&[200]).await;
    control
        .create_webhook_endpoint(NewEndpoint::new(url))
        .unwrap();
    for _ in 0..6 {
        let _account = control.create_account(&NewAccount::new());
    }
    while kinds(&received).len() < 6 {
        tokio::task::yield_now().await;
    }
    assert!(
        control
            .deliveries()
            .iter()
            .all(|one| one.status == Some(200))
    );
}

#[tokio::test]
async fn retries_go_on_over_days_even_in_one_step_of_the_clock() {
    let week = |settings: &mut Settings| {
        settings.webhook_retry_seconds = vec![300, 1_800, 7_200, 43_200, 86_400, 172_800];
    };
    let sandbox = Sandbox::builder().settings(week).start().await.unwrap();
    let control = sandbox.control();
    let (url, received) = endpoint(&[500, 500, 500, 500, 500, 200]).await;
    control
        .create_webhook_endpoint(NewEndpoint::new(url))
        .unwrap();
    let _account = control.create_account(&NewAccount::new());
    control.deliver_webhooks().await;
    assert_eq!(kinds(&received).len(), 1);
    let next = control.deliveries()[0].next_attempt_at;
    assert_eq!(next, Some(control.now() + 300));
    control.advance(Duration::from_secs(3 * 86_400));
    control.deliver_webhooks().await;
    let statuses: Vec<_> = control.deliveries().iter().map(|one| one.status).collect();
    let failed = Some(500);
    assert_eq!(
        statuses,
        [failed, failed, failed, failed, failed, Some(200)]
    );
}

#[tokio::test]
async fn events_are_sent_again_and_endpoints_removed() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let (url, received) = endpoint(&[200]).await;
    let only = NewEndpoint::new(url.as_str()).events(["financial_connections.account.deactivated"]);
    let hook = control.create_webhook_endpoint(only).unwrap();
    let account = control.create_account(&NewAccount::new());
    let list = request(&sandbox, reqwest::Method::GET, "/v1/events");
    let created = list.ok().await["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    control.resend_event(&created, None).unwrap();
    control.deliver_webhooks().await;
    assert!(kinds(&received).is_empty(), "not one that it wants");
    control.resend_event(&created, Some(&hook.id)).unwrap();
    control.deliver_webhooks().await;
    assert_eq!(kinds(&received), ["financial_connections.account.created"]);
    assert!(control.resend_event("evt_none", None).is_err());
    assert!(control.resend_event(&created, Some("we_none")).is_err());

    assert_eq!(control.webhook_endpoints(), std::slice::from_ref(&hook));
    control.delete_webhook_endpoint(&hook.id).unwrap();
    assert!(control.delete_webhook_endpoint(&hook.id).is_err());
    control.deactivate(&account).unwrap();
    control.deliver_webhooks().await;
    assert_eq!(kinds(&received).len(), 1);
}
