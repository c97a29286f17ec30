//! The secret that an endpoint shares with the API.

use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::error::{Error, ErrorKind};
use crate::credential;

/// The length of a signature, in bytes.
pub(super) const SIGNATURE_BYTES: usize = 32;

/// The signing secret (`whsec_…`) of a webhook endpoint.
///
/// Only what signing needs is kept of it, and overwritten in memory when the last clone is dropped.
/// `Debug` never shows it.
///
/// ```
/// # use stripe_client_runtime::webhook::SigningSecret;
/// let secret = SigningSecret::new("whsec_123")?;
/// assert_eq!(format!("{secret:?}"), "SigningSecret([redacted])");
/// # Ok::<(), stripe_client_runtime::webhook::Error>(())
/// ```
#[derive(Clone)]
pub struct SigningSecret {
    /// The keyed state. Shared rather than copied, since a value that is moved leaves its bytes
    /// behind, and only those in the last place are overwritten.
    keyed: Arc<Hmac<Sha256>>,
}

impl SigningSecret {
    /// Takes a secret, refusing what cannot be one.
    ///
    /// # Errors
    ///
    /// When the secret is blank, holds white space, quotation marks, or other characters that no secret
    /// has (a line break left over from a file is the usual one), is a placeholder such as `undefined`,
    /// or is an API key or the id of an endpoint. The error says which, and how to mend it.
    pub fn new(secret: impl Into<String>) -> Result<Self, Error> {
        let secret = Zeroizing::new(secret.into());
        if credential::is_blank(&secret) {
            return Err(Error::new(ErrorKind::BlankSecret));
        }
        let others = [
            ("sk_", "is an API key"),
            ("rk_", "is an API key"),
            ("pk_", "is an API key"),
            ("we_", "is the id of an endpoint"),
        ];
        let other = others.iter().find(|(prefix, _)| secret.starts_with(prefix));
        let fault = credential::fault(&secret, &["whsec_"]).or(other.map(|(_, fault)| *fault));
        if let Some(fault) = fault {
            return Err(Error::new(ErrorKind::NotASecret).because(fault));
        }
        // HMAC takes keys of every length, so that this has no case to fail in.
        let keyed = Hmac::new_from_slice(secret.as_bytes())
            .map_err(|_| Error::new(ErrorKind::NotASecret))?;
        Ok(Self {
            keyed: Arc::new(keyed),
        })
    }

    /// Whether one of the signatures was made with this secret, in a time that does not depend on
    /// where they differ.
    ///
    /// The payload is read once, however many signatures a stranger puts into the header.
    pub(super) fn fits(
        &self,
        timestamp: &str,
        payload: &[u8],
        signatures: &[[u8; SIGNATURE_BYTES]],
    ) -> bool {
        let signed = self.signed(timestamp, payload);
        signatures
            .iter()
            .any(|signature| signed.clone().verify_slice(signature).is_ok())
    }

    /// The signature of a payload, in lower-case hexadecimal digits.
    pub(super) fn sign(&self, timestamp: &str, payload: &[u8]) -> String {
        base16ct::lower::encode_string(&self.signed(timestamp, payload).finalize().into_bytes())
    }

    fn signed(&self, timestamp: &str, payload: &[u8]) -> Hmac<Sha256> {
        Hmac::clone(&self.keyed)
            .chain_update(timestamp)
            .chain_update(b".")
            .chain_update(payload)
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(secret: &str, expected: ErrorKind) {
        assert_eq!(SigningSecret::new(secret).unwrap_err().kind(), expected);
    }

    #[test]
    fn what_cannot_be_a_secret_is_refused() {
        for blank in ["", " ", "\n\t", "\u{a0}", "\u{200b}", "\u{feff}\n"] {
            refused(blank, ErrorKind::BlankSecret);
        }
        for (other, expected) in [
            ("whsec_1\n", "white space"),
            (" whsec_1", "white space"),
            ("whsec_ 1", "white space"),
            ("whsec_1\u{0}", "control character"),
            ("\u{feff}whsec_1", "cannot be seen"),
            ("whsec_\u{200b}1", "cannot be seen"),
            ("whsec_1\u{200d}", "cannot be seen"),
            ("whsec_1\u{ad}", "cannot be seen"),
            ("whsec_…", "placeholder"),
            ("whsec_123...", "placeholder"),
            ("“whsec_1”", "quotation mark"),
            ("'whsec_1'", "quotation mark"),
            ("\"whsec_1\"", "quotation mark"),
            ("`whsec_1`", "quotation mark"),
            ("whsec_1\"", "quotation mark"),
            ("undefined", "placeholder"),
            ("null", "placeholder"),
            ("None", "placeholder"),
            ("NaN", "placeholder"),
            ("nil", "placeholder"),
            ("[object Object]", "placeholder"),
            ("<secret>", "placeholder"),
            ("$STRIPE_WEBHOOK_SECRET", "placeholder"),
            ("${STRIPE_WEBHOOK_SECRET}", "placeholder"),
            ("{{secret}}", "placeholder"),
            ("%SECRET%", "placeholder"),
            ("whsec_", "nothing follows"),
            ("whsec_undefined", "placeholder"),
            ("STRIPE_WEBHOOK_SECRET=whsec_1", "name of the variable"),
            ("sk_test_1", "API key"),
            ("rk_1", "API key"),
            ("pk_1", "API key"),
            ("we_1", "id of an endpoint"),
        ] {
            let error = SigningSecret::new(other).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotASecret, "{other}");
            let text = error.to_string();
            assert!(text.contains(expected), "{other}: {text}");
            let text = text.replace("(whsec_…)", "");
            assert!(!text.contains(other), "{text}");
        }
    }

    #[test]
    fn any_other_text_is_taken() {
        for secret in [
            "whsec_test",
            "secret",
            "é",
            "whsec_a+b/c=",
            &"x".repeat(10_000),
        ] {
            assert!(SigningSecret::new(secret).is_ok(), "{secret}");
        }
    }

    #[test]
    fn the_state_is_overwritten_when_dropped() {
        fn check<T: zeroize::ZeroizeOnDrop>() {}
        // The state of HMAC is two of these.
        check::<Sha256>();
    }
}
