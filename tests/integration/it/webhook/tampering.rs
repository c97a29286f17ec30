//! Signatures: what was changed, is old, is early or is odd is refused, each for its reason.

use std::time::Duration;

use proptest::prelude::*;
use stripe_financial_connections::Timestamp;
use stripe_financial_connections::webhook::{
    ErrorKind, Event, SigningSecret, ThinEvent, Verifier, testing,
};

const PAYLOAD: &[u8] = br#"{"id":"evt_1","object":"event","type":"financial_connections.account.created","data":{"object":{}}}"#;
const NOW: i64 = 1_790_000_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds)
}

fn secret() -> SigningSecret {
    SigningSecret::new("whsec_tampering").unwrap()
}

fn verifier() -> Verifier {
    Verifier::new(secret())
}

fn header() -> String {
    testing::sign(PAYLOAD, &secret(), at(NOW))
}

/// Why the verifier refuses; `None` when it does not.
fn refusal(
    verifier: &Verifier,
    payload: &[u8],
    header: impl AsRef<[u8]>,
    now: i64,
) -> Option<ErrorKind> {
    verifier
        .verify_at(payload, header, at(now))
        .err()
        .map(|error| error.kind())
}

#[test]
fn the_untouched_message_is_taken() {
    assert_eq!(refusal(&verifier(), PAYLOAD, header(), NOW), None);
}

#[test]
fn each_changed_byte_of_the_payload_is_noticed() {
    for index in 0..PAYLOAD.len() {
        for bit in 0..8 {
            let mut payload = PAYLOAD.to_vec();
            payload[index] ^= 1 << bit;
            assert_eq!(
                refusal(&verifier(), &payload, header(), NOW),
                Some(ErrorKind::Mismatch),
                "byte {index}, bit {bit}"
            );
        }
    }
}

#[test]
fn a_byte_more_or_less_of_the_payload_is_noticed() {
    for index in 0..=PAYLOAD.len() {
        let mut longer = PAYLOAD.to_vec();
        longer.insert(index, b' ');
        assert_eq!(
            refusal(&verifier(), &longer, header(), NOW),
            Some(ErrorKind::Mismatch)
        );
        if index < PAYLOAD.len() {
            let mut shorter = PAYLOAD.to_vec();
            shorter.remove(index);
            assert_eq!(
                refusal(&verifier(), &shorter, header(), NOW),
                Some(ErrorKind::Mismatch)
            );
        }
    }
}

#[test]
fn each_changed_byte_of_the_header_is_noticed() {
    let header = header().into_bytes();
    for index in 0..header.len() {
        for byte in 0..=u8::MAX {
            let mut changed = header.clone();
            changed[index] = byte;
            let refused = refusal(&verifier(), PAYLOAD, &changed, NOW).is_some();
            assert_eq!(refused, changed != header, "byte {index} as {byte}");
        }
    }
}

#[test]
fn each_shortened_header_is_noticed() {
    let header = header();
    for end in 0..header.len() {
        assert!(
            refusal(&verifier(), PAYLOAD, &header[..end], NOW).is_some(),
            "{end}"
        );
    }
}

#[test]
fn the_full_stop_between_time_and_payload_does_not_move() {
    // Without the full stop, a digit could pass from the time to the payload.
    let moved = [b"0", PAYLOAD].concat();
    let signature = header().split_once(',').unwrap().1.to_owned();
    let header = format!("t={},{signature}", NOW / 10);
    assert_eq!(
        refusal(&verifier(), &moved, header, NOW / 10),
        Some(ErrorKind::Mismatch)
    );
}

#[test]
fn time_at_before_and_past_the_tolerance() {
    let narrow = verifier()
        .tolerance(Duration::from_secs(10))
        .tolerance_future(Duration::from_secs(2));
    let exact = verifier()
        .tolerance(Duration::ZERO)
        .tolerance_future(Duration::ZERO);
    let open = verifier()
        .tolerance(Duration::MAX)
        .tolerance_future(Duration::MAX);
    let (old, early) = (Some(ErrorKind::TooOld), Some(ErrorKind::FromFuture));
    for (verifier, age, expected) in [
        (verifier(), 0, None),
        (verifier(), 299, None),
        (verifier(), 300, None),
        (verifier(), 301, old),
        (verifier(), -300, None),
        (verifier(), -301, early),
        (narrow.clone(), 10, None),
        (narrow.clone(), 11, old),
        (narrow.clone(), -2, None),
        (narrow, -3, early),
        (exact.clone(), 0, None),
        (exact.clone(), 1, old),
        (exact, -1, early),
        (open.clone(), NOW, None),
        (open, -NOW, None),
    ] {
        assert_eq!(
            refusal(&verifier, PAYLOAD, header(), NOW + age),
            expected,
            "{age}"
        );
    }
}

#[test]
fn the_ends_of_time_do_not_overflow() {
    let signed = testing::sign(PAYLOAD, &secret(), at(i64::MAX));
    assert_eq!(refusal(&verifier(), PAYLOAD, &signed, i64::MAX), None);
    assert_eq!(
        refusal(&verifier(), PAYLOAD, &signed, i64::MIN),
        Some(ErrorKind::FromFuture)
    );
    let signed = testing::sign(PAYLOAD, &secret(), at(0));
    assert_eq!(
        refusal(&verifier(), PAYLOAD, &signed, i64::MAX),
        Some(ErrorKind::TooOld)
    );
    assert_eq!(
        refusal(&verifier(), PAYLOAD, &signed, i64::MIN),
        Some(ErrorKind::FromFuture)
    );
}

#[test]
fn whoever_cannot_sign_learns_nothing_of_the_clock() {
    let forged = format!("t=1,v1={}", "0".repeat(64));
    assert_eq!(
        refusal(&verifier(), PAYLOAD, forged, NOW),
        Some(ErrorKind::Mismatch)
    );
}

#[test]
fn odd_headers_have_their_reasons() {
    let header = header();
    let (time, signature) = header.split_once(',').unwrap();
    let wrong = format!("v1={}", "0".repeat(64));
    let cases = [
        (String::new(), Some(ErrorKind::NoTimestamp)),
        (signature.to_owned(), Some(ErrorKind::NoTimestamp)),
        (time.to_owned(), Some(ErrorKind::NoSignature)),
        (
            format!("{time},{}", signature.replace("v1", "v0")),
            Some(ErrorKind::NoSignature),
        ),
        (
            format!("{time},{time},{signature}"),
            Some(ErrorKind::RepeatedTimestamp),
        ),
        (
            format!("{time},{signature},t=0"),
            Some(ErrorKind::RepeatedTimestamp),
        ),
        (
            format!("t=now,{signature}"),
            Some(ErrorKind::MalformedTimestamp),
        ),
        (
            format!("t=-{NOW},{signature}"),
            Some(ErrorKind::MalformedTimestamp),
        ),
        (
            header[..header.len() - 2].to_owned(),
            Some(ErrorKind::MalformedSignature),
        ),
        (format!("{header}00"), Some(ErrorKind::MalformedSignature)),
        (
            format!("{time},{}", signature.to_uppercase().replace("V1", "v1")),
            Some(ErrorKind::MalformedSignature),
        ),
        (format!("{time},{wrong}"), Some(ErrorKind::Mismatch)),
        // The time is what was signed, to the digit.
        (format!("t=0{NOW},{signature}"), Some(ErrorKind::Mismatch)),
        // Any one signature that fits is enough, wherever it stands.
        (format!("{time},{wrong},{signature}"), None),
        (format!("{time},{signature},{wrong}"), None),
        (format!("{time},v1=,{signature},v0=,x"), None),
        (format!("{signature},{time}"), None),
        (format!("{time},{signature},{signature}"), None),
    ];
    for (header, expected) in cases {
        assert_eq!(
            refusal(&verifier(), PAYLOAD, &header, NOW),
            expected,
            "{header}"
        );
    }
}

#[test]
fn thin_events_are_verified_as_well() {
    let payload = br#"{"id":"evt_1","object":"v2.core.event","type":"x"}"#;
    let header = testing::sign(payload, &secret(), at(NOW));
    let refusal = |payload: &[u8], now| {
        let verified = verifier().verify_thin_at(payload, &header, at(now));
        verified.err().map(|error| error.kind())
    };
    assert_eq!(refusal(payload, NOW), None);
    assert_eq!(refusal(payload, NOW + 301), Some(ErrorKind::TooOld));
    let changed = br#"{"id":"evt_2","object":"v2.core.event","type":"x"}"#;
    assert_eq!(refusal(changed, NOW), Some(ErrorKind::Mismatch));
}

#[test]
fn while_a_secret_is_replaced_both_are_taken() {
    let other = SigningSecret::new("whsec_other").unwrap();
    let third = SigningSecret::new("whsec_third").unwrap();
    let verifier = verifier().also_accept(other.clone());
    for (secret, expected) in [
        (secret(), None),
        (other, None),
        (third, Some(ErrorKind::Mismatch)),
    ] {
        let header = testing::sign(PAYLOAD, &secret, at(NOW));
        assert_eq!(refusal(&verifier, PAYLOAD, header, NOW), expected);
    }
}

#[test]
fn a_header_may_be_text_bytes_or_a_header_value() {
    let header = header();
    let value = reqwest::header::HeaderValue::from_str(&header).unwrap();
    assert_eq!(refusal(&verifier(), PAYLOAD, &value, NOW), None);
    assert_eq!(refusal(&verifier(), PAYLOAD, header.as_bytes(), NOW), None);
    assert_eq!(refusal(&verifier(), PAYLOAD, header.as_str(), NOW), None);
}

#[test]
fn no_error_holds_the_payload_or_the_secret() {
    let payloads: [&[u8]; 4] = [
        br#"{"name":"jane""#,
        br#"["jane"]"#,
        br#"{"id":"jane","type":["jane"]}"#,
        br#"{"id":"jane","type":"jane","object":"v2.core.event"}"#,
    ];
    for payload in payloads {
        let header = testing::sign(payload, &secret(), at(NOW));
        for header in [header.as_str(), "t=jane", "jane"] {
            let error = verifier().verify_at(payload, header, at(NOW)).unwrap_err();
            let mut text = format!("{error} {error:?}");
            let mut cause = std::error::Error::source(&error);
            while let Some(it) = cause {
                text.push_str(&format!(" {it} {it:?}"));
                cause = it.source();
            }
            assert!(
                !text.contains("jane") && !text.contains("whsec_t"),
                "{text}"
            );
            assert!(!text.contains('\n'), "{text}");
        }
    }
    let error = SigningSecret::new("sk_test_jane").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("jane"));
    assert!(!format!("{:?}", verifier()).contains("whsec_t"));
}

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
