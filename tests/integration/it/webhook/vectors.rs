//! Signatures: those of the vendor's own libraries are taken here, and ours are the same.
//!
//! `tests/integration/webhooks/check` makes sure that the headers in the file are what those
//! libraries give, and that they take ours.

use serde_json::Value;
use stripe_financial_connections::Timestamp;
use stripe_financial_connections::webhook::{SigningSecret, Verifier, testing};

/// A line of the file.
struct Case {
    name: String,
    payload: String,
    timestamp: Timestamp,
    secrets: Vec<SigningSecret>,
    headers: Value,
}

fn cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(include_str!("../../webhooks/vectors.json")).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let cases = file.as_array().unwrap();
    assert!(!cases.is_empty());
    cases
        .iter()
        .map(|case| Case {
            name: text(&case["name"]),
            payload: text(&case["payload"]),
            timestamp: Timestamp::from_unix_seconds(case["timestamp"].as_i64().unwrap()),
            secrets: case["secrets"]
                .as_array()
                .unwrap()
                .iter()
                .map(|secret| SigningSecret::new(text(secret)).unwrap())
                .collect(),
            headers: case["headers"].clone(),
        })
        .collect()
}

#[test]
fn headers_of_every_library_are_taken_with_each_secret() {
    for case in cases() {
        for library in ["node", "python", "ours"] {
            let header = case.headers[library].as_str().unwrap();
            for secret in &case.secrets {
                let event = Verifier::new(secret.clone())
                    .verify_at(case.payload.as_bytes(), header, case.timestamp)
                    .unwrap_or_else(|error| panic!("{}, {library}: {error}", case.name));
                let payload: Value = serde_json::from_str(&case.payload).unwrap();
                assert_eq!(event.id().as_str(), payload["id"], "{}", case.name);
            }
        }
    }
}

#[test]
fn our_headers_are_those_in_the_file() {
    for case in cases() {
        let sign = |secret| testing::sign(case.payload.as_bytes(), secret, case.timestamp);
        let headers: Vec<_> = case.secrets.iter().map(sign).collect();
        let mut ours = headers[0].clone();
        for header in &headers[1..] {
            ours.push(',');
            ours.push_str(header.split_once(',').unwrap().1);
        }
        assert_eq!(case.headers["ours"], ours, "{}", case.name);
    }
}
