//! Fault injection: what goes wrong, with which request, how often.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::gate::Gate;
use crate::api::Operation;
use crate::errors::{ApiError, ErrorType};

/// The message of an injected error.
pub(crate) const DEFAULT_MESSAGE: &str = "This error was asked for.";

/// The point of a request at which the fault happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// Before its execution: there is no effect, and nothing is kept under its idempotency key.
    #[default]
    Before,
    /// Its execution begins and fails: it has no effect, and the fault's response is kept under its
    /// idempotency key.
    During,
    /// It takes effect, and its own response is kept under its idempotency key; only that response
    /// is lost, and the fault's is sent in its place.
    After,
}

/// What is sent in place of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// The request's own response: for faults that only delay or add headers.
    Own,
    /// These bytes.
    Raw {
        /// The status.
        status: u16,
        /// The content type.
        content_type: String,
        /// The body.
        body: Vec<u8>,
    },
    /// An error in the API's envelope.
    Error {
        /// The status.
        status: u16,
        /// The code, if it has one.
        code: Option<String>,
        /// The message.
        message: String,
    },
    /// Half of the request's own response, as a complete body.
    Truncated,
    /// Nothing: the connection is reset.
    Reset,
    /// The request's own response up to the middle of its body, where the connection is reset.
    ResetInBody,
}

/// A fault for some of the requests to come.
///
/// ```
/// # use stripe_financial_connections_sandbox::{Fault, Operation, Stage};
/// // The second refresh takes effect, but its response never arrives.
/// let fault = Fault::reset().on(Operation::AccountsRefresh).skip(1).stage(Stage::After);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) operation: Option<Operation>,
    pub(crate) path: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) probability: f64,
    pub(crate) skip: u32,
    pub(crate) times: u32,
    pub(crate) stage: Stage,
    pub(crate) delay: Duration,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) reply: Reply,
    pub(crate) hold: Option<Arc<Gate>>,
}

impl Fault {
    /// A fault with this reply, for the next request.
    #[must_use]
    pub const fn new(reply: Reply) -> Self {
        Self {
            operation: None,
            path: None,
            account: None,
            probability: 1.0,
            skip: 0,
            times: 1,
            stage: Stage::Before,
            delay: Duration::ZERO,
            headers: Vec::new(),
            reply,
            hold: None,
        }
    }

    /// An error of this status in the API's envelope, such as a 500 or a 503.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::error(status, None)
    }

    /// An error of this status and code in the API's envelope.
    #[must_use]
    pub fn error(status: u16, code: Option<&str>) -> Self {
        Self::new(Reply::Error {
            status,
            code: code.map(str::to_owned),
            message: DEFAULT_MESSAGE.to_owned(),
        })
    }

    /// A rate limit.
    #[must_use]
    pub fn rate_limit() -> Self {
        Self::error(429, Some("rate_limit")).header("stripe-rate-limited-reason", "global-rate")
    }

    /// An object that is locked by a concurrent request.
    #[must_use]
    pub fn lock_timeout() -> Self {
        Self::error(429, Some("lock_timeout")).header("stripe-should-retry", "true")
    }

    /// An HTML page of this status, as a proxy would send.
    #[must_use]
    pub fn html(status: u16) -> Self {
        Self::new(Reply::Raw {
            status,
            content_type: "text/html".to_owned(),
            body: b"<html><head><title>Bad gateway</title></head><body></body></html>".to_vec(),
        })
    }

    /// A body that ends in the middle, before its content length.
    #[must_use]
    pub const fn truncated() -> Self {
        Self::new(Reply::Truncated).stage(Stage::After)
    }

    /// A reset of the connection in place of a response.
    #[must_use]
    pub const fn reset() -> Self {
        Self::new(Reply::Reset)
    }

    /// A reset of the connection in the middle of the response's body.
    #[must_use]
    pub const fn reset_in_body() -> Self {
        Self::new(Reply::ResetInBody).stage(Stage::After)
    }

    /// The response after a delay in real time.
    #[must_use]
    pub const fn delay(delay: Duration) -> Self {
        Self::new(Reply::Own).stage(Stage::After).delayed(delay)
    }

    /// Only for this operation; otherwise for every request.
    #[must_use]
    pub const fn on(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Only for this path, such as `/v1/events`; a `*` in it stands for anything.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Only for requests about this account, or of this connected account of Stripe.
    #[must_use]
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.account = Some(id.into());
        self
    }

    /// For each request only with this probability, from 0 to 1. Requests that it spares do not
    /// count.
    #[must_use]
    pub const fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    /// After letting this many requests of its operation pass.
    #[must_use]
    pub const fn skip(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// For this many requests; otherwise for one.
    #[must_use]
    pub const fn times(mut self, requests: u32) -> Self {
        self.times = requests;
        self
    }

    /// At this stage.
    #[must_use]
    pub const fn stage(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    /// With a delay in real time before it.
    #[must_use]
    pub const fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// With one more header in the response, whatever the response is.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn error_reply(&self) -> Option<ApiError> {
        let Reply::Error {
            status,
            code,
            message,
        } = &self.reply
        else {
            return None;
        };
        let status = axum::http::StatusCode::from_u16(*status)
            .unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
        let kind = if status.is_server_error() {
            ErrorType::Api
        } else {
            ErrorType::InvalidRequest
        };
        let error = ApiError::new(status, kind, message.as_str());
        Some(match code {
            Some(code) => error.code(code),
            None => error,
        })
    }
}
