//! Reading the body of a request.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;

use crate::errors::ApiError;
use crate::limits::{BODY, BODY_TIME, DRAINED};
use crate::system::clock;

/// Reads a body, in time and up to its limit.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, ApiError> {
    // The sender waits for leave to send it, and is told at once.
    let asks = headers.contains_key(header::EXPECT);
    if asks && announced(headers).is_some_and(|length| length > BODY) {
        return Err(too_large());
    }
    match clock::within(BODY_TIME, collect(body)).await {
        Some(read) => read,
        None => Err(ApiError {
            status: StatusCode::REQUEST_TIMEOUT,
            ..ApiError::invalid(format!(
                "The body of the request took longer than {} seconds.",
                BODY_TIME.as_secs()
            ))
        }),
    }
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?;
    length.parse().ok()
}

/// A body that is too large is read on for a while: a sender that is still sending reads no response.
async fn collect(mut body: Body) -> Result<Vec<u8>, ApiError> {
    let mut read = Vec::new();
    let mut length = 0;
    while length <= DRAINED {
        let data = match body.frame().await {
            None => break,
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            Some(Err(_)) => {
                return Err(ApiError::invalid(
                    "The body of the request ended before its announced length.",
                ));
            }
        };
        length += data.len();
        if length <= BODY {
            read.extend_from_slice(&data);
        } else {
            read = Vec::new();
        }
    }
    if length > BODY {
        return Err(too_large());
    }
    Ok(read)
}

fn too_large() -> ApiError {
    ApiError {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        ..ApiError::invalid(format!(
            "The body of the request is too large: it may have {BODY} bytes."
        ))
    }
}
