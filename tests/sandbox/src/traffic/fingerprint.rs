//! What makes two requests under one idempotency key the same.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// A request under an idempotency key: its path and its parameters, however they are spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a request with valid parameters.
    pub(crate) fn of(path: &str, params: &Value) -> Self {
        let mut hash = Sha256::new();
        text(&mut hash, path);
        value(&mut hash, params);
        Self(hash.finalize().into())
    }

    /// The fingerprint of a request without: it is like no other but its own repetition.
    pub(crate) fn of_invalid(path: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        text(&mut hash, path);
        hash.update(b"?");
        hash.update(body);
        Self(hash.finalize().into())
    }
}

/// Lengths go first, so that no two values are the same bytes.
fn text(hash: &mut Sha256, text: &str) {
    hash.update(text.len().to_be_bytes());
    hash.update(text.as_bytes());
}

fn value(hash: &mut Sha256, from: &Value) {
    match from {
        Value::Array(items) => {
            hash.update(b"[");
            hash.update(items.len().to_be_bytes());
            items.iter().for_each(|item| value(hash, item));
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            hash.update(b"{");
            hash.update(fields.len().to_be_bytes());
            for (name, field) in fields {
                text(hash, name);
                value(hash, field);
            }
        }
        Value::String(string) => {
            hash.update(b"s");
            text(hash, string);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            hash.update(b"v");
            text(hash, &from.to_string());
        }
    }
}
