//! Idempotency keys: what makes it safe to send a POST again.

use std::fmt;

use http::HeaderValue;

use crate::invalid::InvalidValue;
use crate::system::Random;

/// The API refuses longer keys.
const MAX_LENGTH: usize = 255;

/// Names one intended effect: the API carries out at most one POST for each key.
///
/// Every POST carries one, the same over all its attempts. Give your own, and store it before
/// sending, where an effect must survive a crash of your process: sending the same request with the
/// same key again returns the first result.
///
/// ```
/// # use stripe_client_runtime::IdempotencyKey;
/// let key = IdempotencyKey::new("refresh-2026-11-23-job-7")?;
/// assert_eq!(key.as_str(), "refresh-2026-11-23-job-7");
/// # Ok::<(), stripe_client_runtime::InvalidValue>(())
/// ```
///
/// # How long a key holds
///
/// The API may forget a key once it is 24 hours old; the same key then makes a new request. So a POST
/// that may have been executed is repeated with its key within a day, and after that the object is
/// read instead.
///
/// # When a new key is right
///
/// The key stands for one request with these parameters, and for its result, also when that is an
/// error: after the request was executed, the same key gives the stored answer again, a 500 too. A
/// **corrected** request needs a **new** key: with other parameters the API refuses the old one
/// ([`Error::is_idempotency`](crate::Error::is_idempotency)). An answer that comes before anything was
/// executed, such as a parameter that is refused or another request that is at work with the same key, is
/// not stored, and the same request may be sent again with its key.
///
/// `Debug` does not show the text, since people build keys from names and addresses.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(HeaderValue);

impl IdempotencyKey {
    /// Takes a key of 1 to 255 visible ASCII characters.
    ///
    /// # Errors
    ///
    /// When the text is empty, too long, or holds other characters.
    pub fn new(key: impl AsRef<str>) -> Result<Self, InvalidValue> {
        let key = key.as_ref();
        if key.is_empty() {
            return Err(InvalidValue::new("the idempotency key is empty"));
        }
        if key.len() > MAX_LENGTH {
            return Err(InvalidValue::new(format!(
                "the idempotency key has {} bytes; the API takes at most {MAX_LENGTH}",
                key.len()
            )));
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidValue::new(
                "the idempotency key holds a character that is not visible ASCII",
            ));
        }
        HeaderValue::from_str(key)
            .map(Self)
            .map_err(|_| InvalidValue::new("the idempotency key cannot stand in a header"))
    }

    /// A random key: a version 4 UUID.
    pub(crate) fn random(random: &dyn Random) -> Self {
        let uuid = uuid::Builder::from_random_bytes(random.bytes()).into_uuid();
        let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
        let text = uuid.hyphenated().encode_lower(&mut text);
        // A UUID is hexadecimal digits and hyphens, so that the fallback is never taken.
        Self(HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("0")))
    }

    /// The text of the key.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn header(&self) -> &HeaderValue {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    #[track_caller]
    fn refused(key: &str, expected: &str) {
        let error = IdempotencyKey::new(key).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn one_to_255_visible_characters() {
        refused("", "is empty");
        refused(&"k".repeat(256), "256 bytes");
        refused("a b", "visible ASCII");
        refused("a\u{7f}", "visible ASCII");
        refused("ü", "visible ASCII");
        for length in [1, 255] {
            let key = "k".repeat(length);
            assert_eq!(IdempotencyKey::new(&key).unwrap().as_str(), key);
        }
    }

    #[test]
    fn random_keys_are_version_4_and_differ() {
        let (a, b) = (
            IdempotencyKey::random(&SystemRandom),
            IdempotencyKey::random(&SystemRandom),
        );
        assert_ne!(a, b);
        let uuid = uuid::Uuid::parse_str(a.as_str()).unwrap();
        assert_eq!(uuid.get_version_num(), 4);
    }
}
