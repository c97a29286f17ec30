//! The signature header: the first line of the input is a header, the rest a payload.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stripe_financial_connections::Timestamp;
use stripe_financial_connections::webhook::{ErrorKind, SigningSecret, Verifier, testing};

fuzz_target!(|input: &[u8]| {
    let end = input
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(input.len());
    let (header, payload) = input.split_at(end);
    let now = Timestamp::from_unix_seconds(1_790_000_000);
    let secret = SigningSecret::new("whsec_fuzz").expect("a secret");
    let verifier = Verifier::new(secret.clone());

    // Nobody can guess a signature.
    assert!(verifier.verify_at(payload, header, now).is_err());

    // Whatever stands beside a right signature, the signature stays right.
    let signed = testing::sign(payload, &secret, now);
    let beside = [signed.as_bytes(), b",", header].concat();
    if let Err(error) = verifier.verify_at(payload, &beside, now) {
        assert!(matches!(
            error.kind(),
            ErrorKind::RepeatedTimestamp
                | ErrorKind::NotJson
                | ErrorKind::NotAnEvent
                | ErrorKind::Thin
        ));
    }

    // Any text is a secret or is refused, and the one that signs is the one that verifies.
    if let Ok(Ok(other)) = std::str::from_utf8(header).map(SigningSecret::new) {
        let payload = br#"{"id":"evt_1","type":"x"}"#;
        let signed = testing::sign(payload, &other, now);
        assert!(Verifier::new(other).verify_at(payload, signed, now).is_ok());
    }
});
