//! What an error is: one question each.

use super::Error;
use super::api::ApiError;
use super::kind::{Class, Kind};

impl Error {
    /// The call itself was wrong: a key, an address, an id or an option that cannot be used.
    ///
    /// Nothing was sent. The message says what to change.
    pub fn is_usage(&self) -> bool {
        self.0.kind == Kind::Usage
    }

    /// No connection came about: the name did not resolve, or nobody accepted.
    ///
    /// Nothing reached the server. Was retried as often as allowed.
    pub fn is_connect(&self) -> bool {
        self.0.kind == Kind::Connect
    }

    /// The server's certificate was refused, or what answered does not speak TLS.
    ///
    /// Nothing was sent, and nothing is retried: look for a proxy that breaks TLS open, or at the
    /// clock of the machine.
    pub fn is_certificate(&self) -> bool {
        self.0.kind == Kind::Certificate
    }

    /// Time ran out: of one attempt, of the whole request, or of a wait.
    ///
    /// The server may have carried the request out.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout
    }

    /// The connection broke while the request was sent or the answer was read.
    ///
    /// The server may have carried the request out.
    pub fn is_interrupted(&self) -> bool {
        self.0.kind == Kind::Interrupted
    }

    /// The answer is longer than the client's limit.
    ///
    /// The server has carried the request out.
    pub fn is_too_large(&self) -> bool {
        self.0.kind == Kind::TooLarge
    }

    /// The answer is a redirect, which is never followed: it would carry the key elsewhere.
    ///
    /// The API does not redirect; look at the base address, or for a proxy on the way.
    pub fn is_redirect(&self) -> bool {
        self.0.kind == Kind::Redirect
    }

    /// The answer came with a success status, and is not what the operation answers.
    ///
    /// The server has carried the request out. [`path`](Error::path) names the field,
    /// [`body`](Error::body) holds the answer.
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }

    /// A list that cannot be read on: the API says that there is more, and gives no way to it.
    pub fn is_pagination(&self) -> bool {
        self.0.kind == Kind::Pagination
    }

    /// Too many requests (429, or the code `rate_limit`).
    ///
    /// Nothing was executed. Was retried as often as allowed; send less at a time. A 429 with
    /// the code `lock_timeout` is not a matter of the rate: it [is a conflict](Error::is_conflict).
    pub fn is_rate_limited(&self) -> bool {
        self.is_class(Class::RateLimit)
    }

    /// The key is missing, wrong, expired or revoked (401).
    pub fn is_authentication(&self) -> bool {
        self.is_class(Class::Authentication)
    }

    /// The key is valid and may not do this (403): a restricted key without the permission, or an
    /// account that is not connected.
    pub fn is_permission(&self) -> bool {
        self.is_class(Class::Permission)
    }

    /// The request was valid and was executed, and failed (402): a payment was declined, for example.
    ///
    /// Not documented for Financial Connections. In the parts of the API that move money the object
    /// exists, with its failed attempt. The same key gives the same response again.
    pub fn is_declined(&self) -> bool {
        self.is_class(Class::Declined)
    }

    /// What was asked for, or something that the request names, does not exist (404, or the code
    /// `resource_missing`). Live and test mode do not see each other's objects.
    pub fn is_not_found(&self) -> bool {
        self.is_class(Class::NotFound)
    }

    /// The API refuses the request as it is (400 and other 4xx without a predicate of their own).
    ///
    /// Nothing was executed. [`ApiError::param`] often names the parameter.
    pub fn is_invalid_request(&self) -> bool {
        self.is_class(Class::InvalidRequest)
    }

    /// Another request is at work on the same object (409, or the code `lock_timeout`).
    ///
    /// Was retried as often as allowed; try again later.
    pub fn is_conflict(&self) -> bool {
        self.is_class(Class::Conflict)
    }

    /// The idempotency key is in use by a request that is still under way, or was used with other
    /// parameters.
    pub fn is_idempotency(&self) -> bool {
        self.is_class(Class::Idempotency)
    }

    /// The API failed (status 500 and above, or the type `api_error`), or something in front of it.
    ///
    /// The server may have carried the request out.
    pub fn is_server_error(&self) -> bool {
        self.is_class(Class::Server)
    }

    /// The account is inactive or disconnected, so that it cannot be refreshed or subscribed to.
    pub fn is_account_inactive(&self) -> bool {
        self.has_code("financial_connections_account_inactive")
    }

    /// The transactions cannot be read yet: no refresh of them has succeeded so far.
    pub fn is_awaiting_transactions(&self) -> bool {
        self.has_code("financial_connections_no_successful_transaction_refresh")
    }

    fn is_class(&self, class: Class) -> bool {
        self.0.kind == Kind::Api(class)
    }

    fn has_code(&self, code: &str) -> bool {
        self.api().and_then(ApiError::code) == Some(code)
    }
}
