//! The API key.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::credential;
use crate::invalid::InvalidValue;

/// The environment variable that [`SecretKey::from_env`] reads.
const VARIABLE: &str = "STRIPE_SECRET_KEY";

const PREFIXES: [&str; 6] = ["sk_", "sk_test_", "sk_live_", "rk_", "rk_test_", "rk_live_"];

/// A secret (`sk_…`) or restricted (`rk_…`) API key.
///
/// The text is overwritten in memory when the last clone is dropped, and `Debug` never shows it. What the
/// HTTP and TLS libraries hold of a request that was sent, in buffers of their own, is theirs to wipe.
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
    /// When the key is blank, holds white space, quotation marks, or other characters that no key has
    /// (a line break left over from a file is the usual one), is a placeholder such as `undefined`, or
    /// is a publishable key or a signing secret. The error says which, and how to mend it.
    pub fn new(key: impl Into<String>) -> Result<Self, InvalidValue> {
        let key = Zeroizing::new(key.into());
        if key.is_empty() {
            return Err(InvalidValue::new("the API key is empty"));
        }
        if credential::is_blank(&key) {
            return Err(InvalidValue::new("the API key is blank"));
        }
        if key.starts_with("pk_") {
            return Err(InvalidValue::new(
                "this is a publishable key (pk_…); the API needs a secret (sk_…) or restricted (rk_…) one",
            ));
        }
        if key.starts_with("whsec_") {
            return Err(InvalidValue::new(
                "this is the signing secret of a webhook endpoint (whsec_…) and no API key (sk_…, rk_…)",
            ));
        }
        if let Some(fault) = credential::fault(&key, &PREFIXES) {
            return Err(InvalidValue::new(format!("the API key {fault}")));
        }
        if !key.is_ascii() {
            return Err(InvalidValue::new(
                "the API key holds a character that is not ASCII: copy it anew",
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
        refused(" ", "is blank");
        refused("\u{200b}", "is blank");
        refused("sk_test_1\n", "white space");
        refused("sk_test\u{0}1", "control character");
        refused("\u{feff}sk_test_1", "cannot be seen");
        refused("sk_tést", "not ASCII");
        refused("pk_test_1", "publishable");
        refused("whsec_1", "signing secret");
        refused("'sk_test_1'", "quotation mark");
        refused("sk_test_1\"", "quotation mark");
        refused("undefined", "placeholder");
        refused("sk_test_null", "placeholder");
        refused("$STRIPE_SECRET_KEY", "placeholder");
        refused("sk_test_", "nothing follows");
        refused("rk_live_", "nothing follows");
        refused("STRIPE_SECRET_KEY=sk_test_1", "name of the variable");
        refused("Bearer sk_test_1", "white space");
    }

    #[test]
    fn the_header_is_sensitive() {
        let key = SecretKey::new("rk_live_1").unwrap();
        assert_eq!(key.authorization(), "Bearer rk_live_1");
        assert_eq!(format!("{:?}", key.authorization()), "Sensitive");
    }
}
