//! The API's own account of an error.

use std::fmt;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::plain::Plain;
use crate::json::Fields;

/// What the API says of an error: the `error` object of its answer.
///
/// Any `error` object makes one of these, whatever its type and code are and whatever else it
/// holds: an error that a later version of the API adds is read as well as those of today. Objects
/// that are embedded in it stay JSON.
///
/// `Debug` shows type, code and param only, since messages and embedded objects may be personal.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiError(Map<String, Value>);

impl ApiError {
    /// Reads the `error` object of a body, if it has one.
    pub(crate) fn from_body(body: &[u8]) -> Option<Self> {
        let body: &RawValue = serde_json::from_slice(body).ok()?;
        let error = Fields::of(body)?.get("error")?;
        Some(Self(Fields::of(error)?.values().0))
    }

    /// The type on the wire: `invalid_request_error`, `api_error`, `idempotency_error`, …
    pub fn error_type(&self) -> Option<&str> {
        self.text("type")
    }

    /// The code, for example `resource_missing`. Many errors have none.
    pub fn code(&self) -> Option<&str> {
        self.text("code")
    }

    /// The parameter to which the error relates, for example `account_holder[customer]`.
    pub fn param(&self) -> Option<&str> {
        self.text("param")
    }

    /// The message, in English, for developers. It may repeat what was sent.
    pub fn message(&self) -> Option<&str> {
        self.text("message")
    }

    /// The address of the page about this error's code.
    pub fn doc_url(&self) -> Option<&str> {
        self.text("doc_url")
    }

    /// The address of the request in the dashboard's log.
    pub fn request_log_url(&self) -> Option<&str> {
        self.text("request_log_url")
    }

    /// Any field of the error, by its name on the wire.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The fields of the error, but for those that are JSON which no [`Value`] holds, such as a number that
    /// is too large.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.0
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |text: Option<&str>| text.map(|text| Plain(text).to_string());
        f.debug_struct("ApiError")
            .field("type", &plain(self.error_type()))
            .field("code", &plain(self.code()))
            .field("param", &plain(self.param()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_error_object_is_read() {
        let odd = r#"{"error":{"type":7,"code":null,"param":["x"],"payment_intent":{"object":0}}}"#;
        let error = ApiError::from_body(odd.as_bytes()).unwrap();
        assert_eq!(
            (error.error_type(), error.code(), error.param()),
            (None, None, None)
        );
        assert_eq!(error.get("type"), Some(&Value::from(7)));
        assert!(ApiError::from_body(br#"{"error":{}}"#).is_some());
        // What no value holds does not cost the rest.
        let odd = br#"{"x":1e400,"error":{"code":"rate_limit","y":"\ud800","param":"p"}}"#;
        let error = ApiError::from_body(odd).unwrap();
        assert_eq!(
            (error.code(), error.param()),
            (Some("rate_limit"), Some("p"))
        );
    }

    #[test]
    fn other_bodies_hold_none() {
        for body in [
            "",
            "null",
            "<html>",
            "{}",
            r#"{"error":"nope"}"#,
            "[]",
            r#"{"error":{"#,
        ] {
            assert_eq!(ApiError::from_body(body.as_bytes()), None, "{body}");
        }
    }
}
