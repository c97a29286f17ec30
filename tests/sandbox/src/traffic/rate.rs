//! Rate limits: requests per second, by account and by operation.

use std::collections::HashMap;

use axum::http::StatusCode;

use crate::api::Operation;
use crate::errors::{ApiError, ErrorType};
use crate::store::Tenant;

/// The requests of the current second.
#[derive(Clone, Debug, Default)]
pub(crate) struct RateLimits {
    pub(crate) enabled: bool,
    second: i64,
    counts: HashMap<(Tenant, Option<Operation>), u32>,
}

impl RateLimits {
    /// Counts a request, and rejects it if there were too many in this second.
    pub(crate) fn count(
        &mut self,
        tenant: &Tenant,
        operation: Option<Operation>,
        now: i64,
        most: u32,
    ) -> Result<(), ApiError> {
        if !self.enabled {
            return Ok(());
        }
        if self.second != now {
            self.second = now;
            self.counts.clear();
        }
        let limits = [(None, "global-rate"), (operation, "endpoint-rate")];
        // Without an operation there is only the one limit.
        let limits = if operation.is_some() {
            &limits[..]
        } else {
            &limits[..1]
        };
        for (of, reason) in limits {
            let count = self.counts.entry((tenant.clone(), *of)).or_default();
            *count += 1;
            if *count > most {
                return Err(limited(reason));
            }
        }
        Ok(())
    }
}

/// The error of a request over the limit.
fn limited(reason: &str) -> ApiError {
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        ErrorType::InvalidRequest,
        "Request rate limit exceeded: too many requests in this second. Test mode has lower limits \
         than live mode.",
    )
    .code("rate_limit")
    .header("stripe-rate-limited-reason", reason)
}
