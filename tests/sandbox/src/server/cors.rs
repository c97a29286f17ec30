//! What a page that may ask is told about its response.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

use crate::wire::Answer;

const PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

/// Whether a browser asks what it may send.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS && headers.contains_key("access-control-request-method")
}

/// The response to that.
pub(super) fn preflight(headers: &HeaderMap, request_id: &str) -> Answer {
    let mut answer = Answer {
        status: StatusCode::NO_CONTENT,
        headers: Vec::new(),
        body: Vec::new(),
        cut: None,
    };
    answer.set("request-id", request_id);
    answer.set(
        "access-control-allow-methods",
        "GET, POST, PATCH, PUT, DELETE",
    );
    answer.set("access-control-max-age", "600");
    let wanted = headers.get("access-control-request-headers");
    if let Some(wanted) = wanted.and_then(|wanted| wanted.to_str().ok()) {
        answer.set("access-control-allow-headers", wanted);
    }
    if headers.contains_key(PRIVATE_NETWORK) {
        answer.set("access-control-allow-private-network", "true");
    }
    answer
}

/// Lets a page read its response.
pub(super) fn allow<B>(response: &mut Response<B>, origin: Option<HeaderValue>) {
    let headers = response.headers_mut();
    headers.append("vary", HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        headers.insert("access-control-allow-origin", origin);
        headers.insert(
            "access-control-allow-credentials",
            HeaderValue::from_static("true"),
        );
        headers.insert(
            "access-control-expose-headers",
            HeaderValue::from_static("Request-Id, Stripe-Manage-Version, Stripe-Should-Retry"),
        );
    }
}
