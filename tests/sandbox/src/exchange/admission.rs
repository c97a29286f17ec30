//! Every check before the execution of a request, in order.

use axum::http::StatusCode;
use serde_json::Value;

use super::context::Exchange;
use super::parse::Parsed;
use crate::api::Operation;
use crate::errors::ApiError;
use crate::traffic::{Caller, Stored, check_key};
use crate::wire::Route;
use crate::world::World;

/// A request that passed every check before its execution.
pub(crate) struct Admitted {
    pub(crate) route: Route,
    pub(crate) caller: Caller,
    pub(crate) params: Value,
    /// The idempotency key that it reserved.
    pub(crate) key: Option<String>,
}

/// The outcome of the checks.
pub(crate) enum Admission {
    Execute(Box<Admitted>),
    Replay(Stored, String),
}

impl Exchange {
    /// Runs every check before the execution, in the order of the API.
    pub(crate) fn admit(
        &mut self,
        world: &mut World,
        route: Route,
        parsed: Parsed,
    ) -> Result<Admission, ApiError> {
        let headers = &self.incoming.headers;
        let known = &world.stripe_accounts;
        let caller = world.keys.admit(headers, known, &self.settings)?;
        let tenant = caller.tenant.clone();
        self.caller = Some(caller.clone());
        self.version = parsed.version?;
        let most = self.settings.requests_per_second;
        world
            .rate
            .count(&tenant, route.operation(), self.now, most)?;
        if let Some(operation) = route.operation() {
            caller.check(operation)?;
        }
        let writes = route.operation().is_some_and(Operation::writes);
        let mut reserved = None;
        if writes && let Some(key) = headers.get("idempotency-key") {
            let key = String::from_utf8_lossy(key.as_bytes()).into_owned();
            check_key(&key)?;
            let (fingerprint, now) = (&parsed.fingerprint, self.now);
            let kept = world
                .kept
                .find(&tenant, &key, fingerprint, now, &self.settings)?;
            if let Some(stored) = kept {
                return Ok(Admission::Replay(stored, key));
            }
            reserved = Some(key);
        }
        let params = parsed.params?;
        if let Some(key) = &reserved {
            let (fingerprint, now) = (parsed.fingerprint, self.now);
            world.kept.reserve(&tenant, key, fingerprint, now);
        }
        Ok(Admission::Execute(Box::new(Admitted {
            route,
            caller,
            params,
            key: reserved,
        })))
    }

    /// The error of an address that the API does not know.
    pub(crate) fn unrecognized(&self) -> ApiError {
        let (method, path) = (&self.incoming.method, &self.incoming.path);
        let hint = if path.ends_with('/') {
            " The address ends in a slash: leave it out, or, if an id belongs there, check that it \
             is not empty."
        } else {
            ""
        };
        ApiError {
            status: StatusCode::NOT_FOUND,
            ..ApiError::invalid(format!(
                "Unrecognized request URL ({method}: {path}).{hint} The addresses are listed at \
                 https://stripe.com/docs."
            ))
        }
    }
}
