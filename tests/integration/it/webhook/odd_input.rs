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
