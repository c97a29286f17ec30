//! Signatures: what was changed, is old, is early or is odd is refused, each for its reason.

use std::time::Duration;

use stripe_financial_connections::webhook::{ErrorKind, SigningSecret, Verifier, testing};

use super::verifier::{NOW, at, secret, verifier};

const PAYLOAD: &[u8] = br#"{"id":"evt_1","object":"event","type":"financial_connections.account.created","data":{"object":{}}}"#;

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
