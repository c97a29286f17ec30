//! The kinds of errors, and what an error status means.

use super::api::ApiError;

/// What went wrong. One error has one kind; predicates may overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The caller's mistake, found before sending.
    Usage,
    /// No connection came about.
    Connect,
    /// The server's certificate was refused, or it did not speak TLS.
    Certificate,
    /// Time ran out.
    Timeout,
    /// The connection broke while the request was sent or the answer was read.
    Interrupted,
    /// The body is longer than allowed.
    TooLarge,
    /// A redirect, which is never followed.
    Redirect,
    /// An answer with an error status.
    Api(Class),
    /// An answer that is not what the operation answers.
    Decode,
    /// A list that cannot be read on.
    Pagination,
}

/// What an error status means, by the status, the type and the code together.
///
/// | status | type or code | class |
/// |---|---|---|
/// | any | type `idempotency_error`, code `idempotency_key_in_use` | idempotency |
/// | any | code `lock_timeout` | conflict |
/// | 429, any | code `rate_limit` | rate limit |
/// | 401 | | authentication |
/// | 403 | | permission |
/// | 402 | | declined |
/// | 404, any | code `resource_missing` | not found |
/// | 409 | | conflict |
/// | ≥ 500, any | type `api_error` | server |
/// | other 4xx | | invalid request |
///
/// The first row that fits decides. The type alone would not do: the API says
/// `invalid_request_error` to a wrong key, to a missing permission and to a rate limit alike. Nor
/// would the status: 409 and 400 both stand for two kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Idempotency,
    Conflict,
    RateLimit,
    Authentication,
    Permission,
    Declined,
    NotFound,
    Server,
    InvalidRequest,
}

impl Class {
    pub(crate) fn of(status: u16, api: Option<&ApiError>) -> Self {
        let error_type = api.and_then(ApiError::error_type);
        let code = api.and_then(ApiError::code);
        match (status, error_type, code) {
            (_, Some("idempotency_error"), _) | (_, _, Some("idempotency_key_in_use")) => {
                Self::Idempotency
            }
            (_, _, Some("lock_timeout")) => Self::Conflict,
            (429, _, _) | (_, _, Some("rate_limit")) => Self::RateLimit,
            (401, _, _) => Self::Authentication,
            (402, _, _) => Self::Declined,
            (403, _, _) => Self::Permission,
            (404, _, _) | (_, _, Some("resource_missing")) => Self::NotFound,
            (409, _, _) => Self::Conflict,
            (500.., _, _) | (_, Some("api_error"), _) => Self::Server,
            _ => Self::InvalidRequest,
        }
    }
}

impl Class {
    /// What `Display` says of it.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Idempotency => "the idempotency key is in use, or was used with other parameters",
            Self::Conflict => "another request is at work on the same object",
            Self::RateLimit => "too many requests",
            Self::Authentication => "the API key was refused",
            Self::Permission => "the API key may not do this",
            Self::Declined => "the request was executed and declined",
            Self::NotFound => "no such object",
            Self::Server => "the server failed",
            Self::InvalidRequest => "the API refuses the request",
        }
    }
}

impl Kind {
    /// The name that `Display` and logs show.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Connect => "connect",
            Self::Certificate => "certificate",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::TooLarge => "too_large",
            Self::Redirect => "redirect",
            Self::Decode => "decode",
            Self::Pagination => "pagination",
            Self::Api(Class::Idempotency) => "idempotency",
            Self::Api(Class::Conflict) => "conflict",
            Self::Api(Class::RateLimit) => "rate_limit",
            Self::Api(Class::Authentication) => "authentication",
            Self::Api(Class::Permission) => "permission",
            Self::Api(Class::Declined) => "declined",
            Self::Api(Class::NotFound) => "not_found",
            Self::Api(Class::Server) => "server",
            Self::Api(Class::InvalidRequest) => "invalid_request",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, body: &str, expected: Class) {
        let api = ApiError::from_body(body.as_bytes());
        assert_eq!(Class::of(status, api.as_ref()), expected, "{status} {body}");
    }

    #[test]
    fn status_and_type_and_code_together() {
        let request = r#"{"error":{"type":"invalid_request_error"}}"#;
        let idempotency = r#"{"error":{"type":"idempotency_error"}}"#;
        let code = |code: &str| {
            format!(r#"{{"error":{{"type":"invalid_request_error","code":"{code}"}}}}"#)
        };
        check(400, request, Class::InvalidRequest);
        check(402, request, Class::Declined);
        check(402, r#"{"error":{"type":"card_error"}}"#, Class::Declined);
        check(422, request, Class::InvalidRequest);
        check(400, idempotency, Class::Idempotency);
        check(409, idempotency, Class::Idempotency);
        check(409, &code("idempotency_key_in_use"), Class::Idempotency);
        check(409, request, Class::Conflict);
        check(429, &code("lock_timeout"), Class::Conflict);
        check(429, &code("rate_limit"), Class::RateLimit);
        check(400, &code("rate_limit"), Class::RateLimit);
        check(429, "", Class::RateLimit);
        check(401, request, Class::Authentication);
        check(403, "", Class::Permission);
        check(403, request, Class::Permission);
        check(404, &code("resource_missing"), Class::NotFound);
        check(400, &code("resource_missing"), Class::NotFound);
        check(404, "<html>", Class::NotFound);
        check(500, r#"{"error":{"type":"api_error"}}"#, Class::Server);
        check(503, "<html>", Class::Server);
        check(400, r#"{"error":{"type":"api_error"}}"#, Class::Server);
        check(
            400,
            r#"{"error":{"type":"brand_new"}}"#,
            Class::InvalidRequest,
        );
    }
}
