//! Rate limits: so many requests a second, for an account and for each of its operations.

use std::collections::HashMap;

use axum::http::StatusCode;

use crate::api::Operation;
use crate::errors::{ApiError, ErrorType};
use crate::store::Tenant;

/// The requests of the running second.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    pub(crate) enabled: bool,
    second: i64,
    counts: HashMap<(Tenant, Option<Operation>), u32>,
}

impl RateLimits {
    /// Counts a request, and refuses it when there were too many in this second.
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

/// The refusal of a request that is one too many.
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
