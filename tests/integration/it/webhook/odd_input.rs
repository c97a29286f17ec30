//! Headers and payloads that are nearly right: nothing panics, and nothing is taken.

use proptest::prelude::*;
use stripe_financial_connections::webhook::{
    ErrorKind, Event, SigningSecret, ThinEvent, Verifier, testing,
};

use super::verifier::{NOW, at, secret, verifier};

/// Headers that are nearly right, which random bytes never are.
fn odd_header() -> impl Strategy<Value = Vec<u8>> {
    let item = prop_oneof![
        Just("t".to_owned()),
        Just(format!("t={NOW}")),
        "t=[0-9]{0,25}",
        "v[0-2]=[0-9a-fA-F]{0,70}",
        "v1=[0-9a-f]{64}",
        ".{0,8}",
    ];
    prop_oneof![
        proptest::collection::vec(item, 0..6).prop_map(|items| items.join(",").into_bytes()),
        proptest::collection::vec(any::<u8>(), 0..100),
    ]
}

/// Payloads that are nearly events.
fn odd_payload() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        Just("id"),
        Just("type"),
        Just("object"),
        Just("data"),
        Just("request"),
        Just("created"),
        Just("detail"),
        Just("detail-type"),
        Just("specversion"),
        Just("related_object"),
        Just("x"),
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<i64>().prop_map(|it| it.to_string()),
        any::<f64>().prop_map(|it| it.to_string()),
        Just("\"event\"".to_owned()),
        Just("\"v2.core.event\"".to_owned()),
        Just("\"financial_connections.account\"".to_owned()),
        "\"[a-z\\\\\"]{0,6}\"",
    ];
    let json = leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|it| format!("[{}]", it.join(","))),
            proptest::collection::vec((name.clone(), inner), 0..6).prop_map(|it| {
                let fields: Vec<_> = it
                    .iter()
                    .map(|(name, value)| format!("\"{name}\":{value}"))
                    .collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    });
    prop_oneof![
        4 => json.prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
    ]
}

/// Asks an event everything that there is to ask.
fn read(event: &Event) {
    let _ = (
        event.created(),
        event.livemode(),
        event.api_version(),
        event.connected_account(),
    );
    let _ = (
        event.context(),
        event.pending_webhooks(),
        event.request_id(),
        event.idempotency_key(),
    );
    let _ = (
        event.object(),
        event.previous_attributes(),
        event.account().is_ok(),
    );
    assert!(!format!("{event:?}").is_empty());
    assert_eq!(
        serde_json::to_value(event).unwrap(),
        serde_json::Value::Object(event.fields().clone())
    );
}

fn read_thin(event: &ThinEvent) {
    let _ = (
        event.kind(),
        event.created(),
        event.livemode(),
        event.context(),
        event.reason(),
    );
    let _ = event.related_object();
    assert!(!format!("{event:?}").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_header_panics_and_none_is_taken(header in odd_header(), payload in odd_payload(), now in any::<i64>()) {
        prop_assert!(verifier().verify_at(&payload, &header, at(now)).is_err());
        prop_assert!(verifier().verify_thin_at(&payload, &header, at(now)).is_err());
    }

    #[test]
    fn no_signed_payload_panics(payload in odd_payload()) {
        let header = testing::sign(&payload, &secret(), at(NOW));
        match verifier().verify_at(&payload, &header, at(NOW)) {
            Ok(event) => read(&event),
            Err(error) => prop_assert!(matches!(
                error.kind(),
                ErrorKind::NotJson | ErrorKind::NotAnEvent | ErrorKind::Thin
            )),
        }
        match verifier().verify_thin_at(&payload, &header, at(NOW)) {
            Ok(event) => read_thin(&event),
            Err(error) => prop_assert!(matches!(
                error.kind(),
                ErrorKind::NotJson | ErrorKind::NotAnEvent | ErrorKind::NotThin
            )),
        }
        if let Ok(event) = Event::from_slice_unverified(&payload) {
            read(&event);
        }
        if let Ok(event) = ThinEvent::from_slice_unverified(&payload) {
            read_thin(&event);
        }
    }

    #[test]
    fn what_is_signed_is_taken_with_its_own_secret_only(payload in "[a-z]{0,80}", mine in "whsec_[a-z0-9]{1,90}", other in "whsec_[a-z0-9]{1,90}", time in 0..i64::MAX) {
        let body = format!(r#"{{"id":"evt_1","type":"x","padding":"{payload}"}}"#);
        let sign = |secret: &str| testing::sign(body.as_bytes(), &SigningSecret::new(secret).unwrap(), at(time));
        let verifier = Verifier::new(SigningSecret::new(mine.as_str()).unwrap());
        prop_assert!(verifier.verify_at(body.as_bytes(), sign(&mine), at(time)).is_ok());
        if mine != other {
            prop_assert!(verifier.verify_at(body.as_bytes(), sign(&other), at(time)).is_err());
        }
    }
}

/// JSON that no JSON value of Rust holds.
fn beyond_values() -> [String; 4] {
    let deep = "[".repeat(200) + &"]".repeat(200);
    [
        "1e400".to_owned(),
        r#""\ud800""#.to_owned(),
        r#"{"\udfff":1}"#.to_owned(),
        deep,
    ]
}

#[test]
fn an_event_is_not_lost_because_of_what_no_value_holds() {
    for odd in beyond_values() {
        let object =
            format!(r#"{{"id":"fca_1","object":"financial_connections.account","odd":{odd}}}"#);
        let in_object = format!(
            r#"{{"id":"evt_1","object":"event","type":"financial_connections.account.created","created":7,"data":{{"object":{object},"previous_attributes":{{"status":"active"}}}}}}"#
        );
        let header = testing::sign(in_object.as_bytes(), &secret(), at(NOW));
        let event = verifier()
            .verify_at(in_object.as_bytes(), header, at(NOW))
            .unwrap();
        assert_eq!(event.id(), "evt_1");
        assert_eq!(event.kind(), "financial_connections.account.created");
        assert_eq!(event.json(), in_object);
        assert_eq!(event.created().unwrap().as_unix_seconds(), 7);
        assert_eq!(event.object_json(), Some(object.as_str()));
        assert_eq!(event.object(), None);
        assert_eq!(event.previous_attributes().unwrap()["status"], "active");
        // Only the typed object fails, and says where.
        let error = event.account().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.path().unwrap().starts_with("data.object"), "{error}");
        // Nothing is lost when it is written.
        assert_eq!(serde_json::to_string(&event).unwrap(), in_object);
        assert_eq!(event.clone(), event);

        // The same in the envelope of an event bus.
        let bus = format!(r#"{{"detail-type":"x","odd":{odd},"detail":{in_object}}}"#);
        let event = Event::from_slice_unverified(bus.as_bytes()).unwrap();
        assert_eq!(
            (event.id().as_str(), event.json()),
            ("evt_1", in_object.as_str())
        );

        // And in a thin event.
        let thin = format!(
            r#"{{"id":"evt_2","object":"v2.core.event","type":"v1.x","reason":{odd},"changes":{odd}}}"#
        );
        let header = testing::sign(thin.as_bytes(), &secret(), at(NOW));
        let event = verifier()
            .verify_thin_at(thin.as_bytes(), header, at(NOW))
            .unwrap();
        assert_eq!(
            (event.id().as_str(), event.kind().as_str()),
            ("evt_2", "v1.x")
        );
        assert_eq!((event.json(), event.reason()), (thin.as_str(), None));
    }
}

#[test]
fn of_two_fields_with_one_name_the_last_counts() {
    let text = br#"{"id":"evt_1","type":"a","created":1,"created":1e400,"type":"b"}"#;
    let event = Event::from_slice_unverified(text).unwrap();
    assert_eq!((event.kind().as_str(), event.created()), ("b", None));
}
