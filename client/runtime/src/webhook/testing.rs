//! For tests of handlers.

use super::header;
use super::secret::SigningSecret;
use crate::types::Timestamp;

/// Signs a payload as the API would, and gives the value of the header.
///
/// ```
/// # use stripe_client_runtime::Timestamp;
/// # use stripe_client_runtime::webhook::{SigningSecret, Verifier, testing};
/// let secret = SigningSecret::new("whsec_test")?;
/// let payload = br#"{"id":"evt_1","object":"event","type":"ping"}"#;
/// let now = Timestamp::from_unix_seconds(1_790_000_000);
///
/// let header = testing::sign(payload, &secret, now);
/// let event = Verifier::new(secret).verify_at(payload, header, now)?;
/// assert_eq!(event.id(), "evt_1");
/// # Ok::<(), stripe_client_runtime::webhook::Error>(())
/// ```
pub fn sign(payload: &[u8], secret: &SigningSecret, timestamp: Timestamp) -> String {
    let timestamp = timestamp.to_string();
    header::write(&timestamp, &secret.sign(&timestamp, payload))
}
