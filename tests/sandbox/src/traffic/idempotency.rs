//! Idempotency keys: the response of the first request is replayed.

use std::collections::{HashMap, VecDeque};

use axum::http::StatusCode;

use super::fingerprint::Fingerprint;
use crate::choices::ConflictType;
use crate::errors::{ApiError, ErrorType};
use crate::limits::KEPT_BYTES;
use crate::settings::Settings;
use crate::store::Tenant;

/// How long a response is kept.
const KEPT_SECONDS: i64 = 86_400;
const MAX_LENGTH: usize = 255;

#[derive(Clone, Debug)]
struct Record {
    fingerprint: Fingerprint,
    since: i64,
    number: u64,
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

impl Stored {
    /// The memory that it takes, about, with its record.
    const fn bytes(&self) -> usize {
        size_of::<Record>() + 2 * size_of::<(Tenant, String)>() + 256 + self.body.len()
    }
}

/// The responses that are kept, by tenant and key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    records: HashMap<(Tenant, String), Record>,
    /// The keys with a response, oldest first, by the number of their record.
    order: VecDeque<(u64, (Tenant, String))>,
    made: u64,
    bytes: usize,
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
            self.remove(&at);
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
        self.made += 1;
        self.records.insert(
            (tenant.clone(), key.to_owned()),
            Record {
                fingerprint,
                since: now,
                number: self.made,
                answer: None,
            },
        );
    }

    /// Keeps the response of the request that reserved the key. The oldest responses are dropped
    /// once all of them take too much memory.
    pub(crate) fn complete(&mut self, tenant: &Tenant, key: &str, answer: Stored) {
        let at = (tenant.clone(), key.to_owned());
        let Some(record) = self.records.get_mut(&at) else {
            return;
        };
        self.bytes += answer.bytes();
        record.answer = Some(answer);
        self.order.push_back((record.number, at));
        while self.bytes > KEPT_BYTES
            && let Some((number, oldest)) = self.order.pop_front()
        {
            // A key that was used again after its day has a newer record.
            let same = |record: &Record| record.number == number;
            if self.records.get(&oldest).is_some_and(same) {
                self.remove(&oldest);
            }
        }
    }

    /// Forgets the requests that are running, for a snapshot in which they will never end.
    pub(crate) fn forget_running(&mut self) {
        self.records.retain(|_, record| record.answer.is_some());
    }

    fn remove(&mut self, at: &(Tenant, String)) {
        if let Some(answer) = self.records.remove(at).and_then(|record| record.answer) {
            self.bytes -= answer.bytes();
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
