//! The secret and the time that the tests of signatures have in common.

use stripe_financial_connections::Timestamp;
use stripe_financial_connections::webhook::{SigningSecret, Verifier};

/// Seconds since 1970.
pub(super) const NOW: i64 = 1_790_000_000;

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds)
}

pub(super) fn secret() -> SigningSecret {
    SigningSecret::new("whsec_tampering").unwrap()
}

pub(super) fn verifier() -> Verifier {
    Verifier::new(secret())
}
