//! The error envelope of the API.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::limits::QUOTED;

/// The four values that `error.type` takes on the wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ErrorType {
    Api,
    Idempotency,
    InvalidRequest,
}

impl ErrorType {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api_error",
            Self::Idempotency => "idempotency_error",
            Self::InvalidRequest => "invalid_request_error",
        }
    }
}

/// An error response.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) kind: ErrorType,
    pub(crate) code: Option<String>,
    pub(crate) param: Option<String>,
    pub(crate) message: String,
    /// Headers that belong to this error alone.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, kind: ErrorType, message: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            code: None,
            param: None,
            message: message.into(),
            headers: Vec::new(),
        }
    }

    /// An invalid request: 400 without a code.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorType::InvalidRequest, message)
    }

    /// Nothing of this kind has this id: 404, naming the parameter that held it.
    pub(crate) fn not_found(noun: &str, id: &str, param: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid(format!("No such {noun}: '{id}'"))
        }
        .code("resource_missing")
        .param(param)
    }

    /// The same for an id in a query or a body: the address exists, so it is 400.
    pub(crate) fn no_such_reference(noun: &str, id: &str, param: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            ..Self::not_found(noun, id, param)
        }
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ErrorType::InvalidRequest, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, ErrorType::InvalidRequest, message)
    }

    /// A bug of the sandbox itself.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorType::Api, message)
    }

    pub(crate) fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    pub(crate) fn param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The body. Unknown fields are left out, never null.
    pub(crate) fn body(&self, request_log_url: &str) -> Value {
        let mut error = self.fields();
        // A caller without a valid key has no log.
        if self.status != StatusCode::UNAUTHORIZED {
            error.insert("request_log_url".to_owned(), request_log_url.into());
        }
        json!({"error": error})
    }

    /// The body where there is no log to point to.
    pub(crate) fn body_without_log(&self) -> Value {
        json!({"error": self.fields()})
    }

    fn fields(&self) -> Map<String, Value> {
        let mut error = Map::new();
        if let Some(code) = &self.code {
            let page = code.replace('_', "-");
            error.insert("code".to_owned(), code.as_str().into());
            error.insert(
                "doc_url".to_owned(),
                format!("https://stripe.com/docs/error-codes/{page}").into(),
            );
        }
        error.insert("message".to_owned(), cut(&self.message).into());
        if let Some(param) = &self.param {
            error.insert("param".to_owned(), cut(param).into());
        }
        error.insert("type".to_owned(), self.kind.as_str().into());
        error
    }
}

/// Messages repeat parts of requests, which may be long.
fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
