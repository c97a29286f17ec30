//! The events of a slice that has no event type of its own: the runtime's, with the slice's objects.

use serde_json::{Value, json};
use stripe_client_runtime as runtime;
use stripe_financial_connections as fc;
use stripe_second_slice as second;

use second::Timestamp;
use second::types::{EventType, HarbourShip, HarbourVisit};
use second::webhook::{ErrorKind, Event, SigningSecret, ThinEvent, Verifier, testing};

use super::{builder, server, service, ship};

/// An event with every field that one can have.
fn moored() -> Value {
    json!({
        "id": "evt_1",
        "object": "event",
        "account": "acct_1",
        "api_version": "2026-03-25.lagoon",
        "context": "acct_1/acct_2",
        "created": 1_790_000_000,
        "data": { "object": ship("ship_1"), "previous_attributes": { "status": "at_sea" } },
        "livemode": false,
        "pending_webhooks": 2,
        "request": { "id": "req_1", "idempotency_key": "key_1" },
        "type": "harbour.ship.moored",
    })
}

fn event(json: &Value) -> Event {
    Event::from_slice_unverified(json.to_string().as_bytes()).unwrap()
}

#[test]
fn every_field_has_an_accessor() {
    let json = moored();
    let payload = json.to_string();
    let secret = SigningSecret::new("whsec_123").unwrap();
    let now = Timestamp::from_unix_seconds(1_790_000_000);
    let header = testing::sign(payload.as_bytes(), &secret, now);
    let verifier = Verifier::new(secret);
    let event: runtime::webhook::Event = verifier
        .verify_at(payload.as_bytes(), &header, now)
        .unwrap();

    assert_eq!(event.id(), "evt_1");
    assert_eq!(event.kind(), "harbour.ship.moored");
    assert_eq!(EventType::from(event.kind()), EventType::ShipMoored);
    assert_eq!(event.created(), Some(now));
    assert_eq!(event.livemode(), Some(false));
    assert_eq!(event.api_version(), Some(second::API_VERSION));
    assert_eq!(event.connected_account(), Some("acct_1"));
    assert_eq!(event.context(), Some("acct_1/acct_2"));
    assert_eq!(event.pending_webhooks(), Some(2));
    assert_eq!(event.request_id(), Some("req_1"));
    assert_eq!(event.idempotency_key(), Some("key_1"));
    assert_eq!(event.object(), Some(&json["data"]["object"]));
    let before = event.previous_attributes().unwrap();
    assert_eq!(before, &json!({ "status": "at_sea" }));
    assert_eq!(event.get("object"), Some(&json!("event")));
    assert_eq!(Value::Object(event.fields().clone()), json);
    assert_eq!(serde_json::to_value(&event).unwrap(), json);
    assert!(!format!("{event:?}").contains("Mary"));
    assert_eq!(Value::Object(event.into_fields()), json);

    let forged = payload.replace("Mary", "Mark");
    let error = verifier.verify_at(forged.as_bytes(), &header, now);
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Mismatch);
}

#[test]
fn an_event_needs_an_id_and_a_type_alone() {
    let event = event(&json!({ "id": "evt_1", "type": "harbour.tide.turned", "request": null }));
    assert_eq!(event.kind(), "harbour.tide.turned");
    assert_eq!(event.created(), None);
    assert_eq!(event.livemode(), None);
    assert_eq!(event.api_version(), None);
    assert_eq!(event.connected_account(), None);
    assert_eq!(event.context(), None);
    assert_eq!(event.pending_webhooks(), None);
    assert_eq!(event.request_id(), None);
    assert_eq!(event.idempotency_key(), None);
    assert_eq!(event.object(), None);
    assert_eq!(event.previous_attributes(), None);
    let error = event.object_as::<HarbourShip>();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn the_object_is_read_as_a_type_of_the_slice() {
    let read = |json: &Value| event(json).object_as::<HarbourShip>();
    let mut json = moored();
    assert_eq!(read(&json).unwrap().name, "Mary");

    let other = event(&json).object_as::<HarbourVisit>();
    let other = other.unwrap_err();
    assert_eq!(other.kind(), ErrorKind::OtherObject);
    assert_eq!(other.path(), Some("data.object.object"));

    json["data"]["object"]["holds"] = json!([{ "name": "main" }, { "name": 7 }]);
    let wrong = read(&json).unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    assert_eq!(wrong.path(), Some("data.object.holds[1].name"));
    assert!(event(&json).object().is_some());
}

/// Whoever fetches decides on the version: each slice on its own, the runtime on none.
#[tokio::test]
async fn a_thin_event_fetches_with_the_version_of_the_slice() {
    let server = server().await;
    let core = builder(&server).build().unwrap();
    let accounts = fc::Client::from(core.clone());
    let harbour = second::Client::from(core.clone());
    let json = json!({
        "id": "evt_1",
        "object": "v2.core.event",
        "type": "v1.harbour.ship.moored",
        "context": "acct_1",
        "related_object": {
            "id": "ship_1", "type": "harbour.ship", "url": "/v1/harbour/ships/ship_1",
        },
    });
    let event = ThinEvent::from_slice_unverified(json.to_string().as_bytes()).unwrap();
    let ship = event.fetch_related(&harbour).await.unwrap();
    assert_eq!(ship["name"], "Mary");
    event.fetch_related(&accounts).await.unwrap();
    event.fetch_related(&core).await.unwrap();

    let seen = server.seen();
    let versions: Vec<_> = seen.iter().map(|seen| service(seen).0).collect();
    let expected = [Some(second::API_VERSION), Some(fc::API_VERSION), None];
    assert_eq!(versions, expected);
    for seen in &seen {
        assert_eq!(seen.target, "/v1/harbour/ships/ship_1");
        assert_eq!(seen.header("stripe-context"), Some("acct_1"));
    }
}
