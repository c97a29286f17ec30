//! The headers that this library sends and reads.

use http::header::{HeaderMap, HeaderName, HeaderValue};

pub(crate) const STRIPE_VERSION: HeaderName = HeaderName::from_static("stripe-version");
pub(crate) const STRIPE_ACCOUNT: HeaderName = HeaderName::from_static("stripe-account");
pub(crate) const STRIPE_CONTEXT: HeaderName = HeaderName::from_static("stripe-context");
/// Whom a request acts for. The API takes at most one of them.
pub(crate) const ACTING_FOR: [HeaderName; 2] = [STRIPE_ACCOUNT, STRIPE_CONTEXT];
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub(crate) const SHOULD_RETRY: HeaderName = HeaderName::from_static("stripe-should-retry");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The encoding of a request body, unless it is JSON.
pub(crate) const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// The encoding of the request bodies of the vendor's second API.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The option to use instead of setting this header, if it has one.
pub(crate) fn option(name: &HeaderName) -> Option<&'static str> {
    match name.as_str() {
        "authorization" => Some("secret_key"),
        "idempotency-key" => Some("idempotency_key"),
        "stripe-account" => Some("stripe_account"),
        "stripe-context" => Some("stripe_context"),
        "stripe-version" => Some("stripe_version"),
        _ => None,
    }
}

/// Headers that decide what a message holds and where it ends, or what the answer may be. They belong
/// to the library and to the connection.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "accept"
            | "accept-encoding"
            | "connection"
            | "content-encoding"
            | "content-length"
            | "content-type"
            | "expect"
            | "host"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    text(headers, &REQUEST_ID)
}

/// Whether the answer is one that the API had stored under the idempotency key.
pub(crate) fn is_replayed(headers: &HeaderMap) -> bool {
    text(headers, &REPLAYED) == Some("true")
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
