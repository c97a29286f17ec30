//! Idempotency keys: the response of the first request is replayed.

use std::collections::HashMap;

use axum::http::StatusCode;

use crate::errors::{ApiError, ErrorType};
use crate::settings::{ConflictType, Settings};
use crate::store::Tenant;

/// How long a response is kept.
const KEPT_SECONDS: i64 = 86_400;
const MAX_LENGTH: usize = 255;

/// The request of a key. Another request with the same key is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Record {
    fingerprint: Fingerprint,
    since: i64,
    /// `None` while the first request is running.
    answer: Option<Stored>,
}

/// A response that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    pub(crate) request_id: String,
}

/// The responses that are kept, by tenant and key.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    records: HashMap<(Tenant, String), Record>,
}

/// Checks the form of a key.
pub(crate) fn check_key(key: &str) -> Result<(), ApiError> {
    let problem = if key.is_empty() {
        "is empty"
    } else if key.chars().count() > MAX_LENGTH {
        "is longer than 255 characters"
    } else {
        return Ok(());
    };
    Err(ApiError::new(
        StatusCode::BAD_REQUEST,
        ErrorType::Idempotency,
        format!("The idempotency key {problem}."),
    ))
}

impl Kept {
    /// The kept response to a request; `None` if it is new.
    pub(crate) fn find(
        &mut self,
        tenant: &Tenant,
        key: &str,
        fingerprint: &Fingerprint,
        now: i64,
        settings: &Settings,
    ) -> Result<Option<Stored>, ApiError> {
        let at = (tenant.clone(), key.to_owned());
        let Some(record) = self.records.get(&at) else {
            return Ok(None);
        };
        if record.answer.is_some() && now.saturating_sub(record.since) >= KEPT_SECONDS {
            self.records.remove(&at);
            return Ok(None);
        }
        if record.fingerprint != *fingerprint {
            return Err(ApiError::new(
                StatusCode::BAD_REQUEST,
                ErrorType::Idempotency,
                format!(
                    "Keys for idempotent requests can only be used with the same endpoint and \
                     parameters as the first time. Use another key than '{key}' for another \
                     request."
                ),
            ));
        }
        if record.answer.is_none() {
            return Err(in_use(key, settings));
        }
        Ok(record.answer.clone())
    }

    /// Reserves a key for a request that begins to run.
    pub(crate) fn reserve(
        &mut self,
        tenant: &Tenant,
        key: &str,
        fingerprint: Fingerprint,
        now: i64,
    ) {
        self.records.insert(
            (tenant.clone(), key.to_owned()),
            Record {
                fingerprint,
                since: now,
                answer: None,
            },
        );
    }

    /// Keeps the response of the request that reserved the key.
    pub(crate) fn complete(&mut self, tenant: &Tenant, key: &str, answer: Stored) {
        if let Some(record) = self.records.get_mut(&(tenant.clone(), key.to_owned())) {
            record.answer = Some(answer);
        }
    }
}

fn in_use(key: &str, settings: &Settings) -> ApiError {
    let kind = match settings.conflict_type {
        ConflictType::Idempotency => ErrorType::Idempotency,
        ConflictType::InvalidRequest => ErrorType::InvalidRequest,
    };
    let error = ApiError::new(
        StatusCode::CONFLICT,
        kind,
        format!("Another request with the idempotency key '{key}' is in progress."),
    )
    .code("idempotency_key_in_use");
    match settings.conflict_should_retry {
        Some(retry) => error.header("stripe-should-retry", retry.to_string()),
        None => error,
    }
}
