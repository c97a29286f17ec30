//! The API key.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::invalid::InvalidValue;

/// The environment variable that [`SecretKey::from_env`] reads.
const VARIABLE: &str = "STRIPE_SECRET_KEY";

/// A secret (`sk_…`) or restricted (`rk_…`) API key.
///
/// The text is overwritten in memory when the last clone is dropped, and `Debug` never shows it.
///
/// ```
/// # use stripe_client_runtime::SecretKey;
/// let key = SecretKey::new("sk_test_123")?;
/// assert_eq!(format!("{key:?}"), "SecretKey([redacted])");
/// # Ok::<(), stripe_client_runtime::InvalidValue>(())
/// ```
#[derive(Clone)]
pub struct SecretKey {
    /// The whole header, over memory that wipes itself: clones and requests share this one copy.
    authorization: HeaderValue,
}

impl SecretKey {
    /// Takes a key, refusing what cannot be one.
    ///
    /// # Errors
    ///
    /// When the key is empty, holds white space or control characters (a line break left over from
    /// a file is the usual one), or is a publishable key.
    pub fn new(key: impl Into<String>) -> Result<Self, InvalidValue> {
        let key = Zeroizing::new(key.into());
        if key.is_empty() {
            return Err(InvalidValue::new("the API key is empty"));
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidValue::new(
                "the API key holds white space or other characters that no key has; \
                 look for a line break or a quotation mark around it",
            ));
        }
        if key.starts_with("pk_") {
            return Err(InvalidValue::new(
                "this is a publishable key (pk_…); the API needs a secret (sk_…) or restricted (rk_…) one",
            ));
        }
        let text = Zeroizing::new(["Bearer ", &key].concat().into_bytes());
        let mut authorization = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
            .map_err(|_| InvalidValue::new("the API key cannot stand in a header"))?;
        authorization.set_sensitive(true);
        Ok(Self { authorization })
    }

    /// Takes the key from the environment variable `STRIPE_SECRET_KEY`.
    ///
    /// # Errors
    ///
    /// When the variable is not set, or its value is refused by [`SecretKey::new`].
    pub fn from_env() -> Result<Self, InvalidValue> {
        match std::env::var(VARIABLE) {
            Ok(key) => Self::new(key),
            Err(_) => Err(InvalidValue::new(
                "the environment variable STRIPE_SECRET_KEY is not set, or is not text",
            )),
        }
    }

    pub(crate) fn authorization(&self) -> &HeaderValue {
        &self.authorization
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(key: &str, expected: &str) {
        let error = SecretKey::new(key).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        refused("", "is empty");
        refused(" ", "white space");
        refused("sk_test_1\n", "white space");
        refused("sk_test\u{0}1", "white space");
        refused("sk_tést", "white space");
        refused("pk_test_1", "publishable");
    }

    #[test]
    fn the_header_is_sensitive() {
        let key = SecretKey::new("rk_live_1").unwrap();
        assert_eq!(key.authorization(), "Bearer rk_live_1");
        assert_eq!(format!("{:?}", key.authorization()), "Sensitive");
    }
}
