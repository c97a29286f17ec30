//! Executing a request that passed every check.

use axum::http::StatusCode;
use serde_json::Value;

use super::admission::Admitted;
use super::context::Exchange;
use crate::api::{history, validate};
use crate::errors::ApiError;
use crate::objects::Cause;
use crate::operations::{Found, call};
use crate::store::Tenant;
use crate::traffic::Stored;
use crate::wire::{Answer, Route};
use crate::world::{Shared, World};

impl Exchange {
    pub(crate) fn execute(
        &mut self,
        shared: &Shared,
        admitted: Admitted,
        broken: Option<ApiError>,
    ) -> Answer {
        let Admitted {
            route,
            caller,
            params,
            key,
        } = admitted;
        let operation = route.operation();
        let cause = operation
            .filter(|operation| operation.writes())
            .map(|_| Cause {
                request: self.request_id.clone(),
                idempotency_key: key.clone(),
            });
        let result = match broken {
            Some(error) => Err(error),
            None => self.change(&mut shared.world(), &caller.tenant, cause, &route, &params),
        };
        let connected = caller.tenant.account != self.platform && !caller.tenant.livemode;
        let result = result.map(|found| found.render(&caller.tenant, connected, &self.version));
        let success = result.is_ok();
        let (status, body, extra) = match result {
            Ok(body) => (StatusCode::OK, body, Vec::new()),
            Err(error) => (error.status, error.body(&self.log_url()), error.headers),
        };
        let violation =
            operation.and_then(|operation| validate::violation(operation, success, &body));
        self.outcome.effect = success && violation.is_none();
        if self.outcome.effect
            && let Some(operation) = operation
        {
            shared.log().count(operation, key.as_deref());
        }
        let mut body = body;
        history::cut(&mut body, &self.version);
        let (status, body) = match violation {
            None => (status, body),
            Some(violation) => {
                let error = ApiError::internal(format!("The sandbox is wrong: {violation}"));
                self.outcome.violation = Some(violation.as_str().into());
                shared.violated(violation);
                (error.status, error.body(&self.log_url()))
            }
        };
        let body = body.to_string().into_bytes();
        let mut answer = self.plain(status, body.clone());
        for (name, value) in extra {
            answer.set(name, value);
        }
        if let Some(key) = key {
            answer.set("original-request", &*self.request_id);
            answer.set("idempotency-key", key.as_str());
            if !answer.has("stripe-should-retry") {
                answer.set("stripe-should-retry", "false");
            }
            let stored = Stored {
                status,
                body,
                request_id: self.request_id.clone(),
            };
            shared.world().kept.complete(&caller.tenant, &key, stored);
        }
        answer
    }

    /// Looks at the world, or changes it.
    fn change(
        &mut self,
        world: &mut World,
        tenant: &Tenant,
        cause: Option<Cause>,
        route: &Route,
        params: &Value,
    ) -> Result<Found, ApiError> {
        let mut work = world.work(tenant, cause);
        let result = call(&mut work, route, params);
        self.outcome.looked_at = work.looked_at;
        result.map_err(|error| explain_mode(world, tenant, error))
    }
}

/// Adds a hint to the error if the id exists in the other mode.
fn explain_mode(world: &World, tenant: &Tenant, mut error: ApiError) -> ApiError {
    if error.code.as_deref() != Some("resource_missing") {
        return error;
    }
    let other = Tenant {
        livemode: !tenant.livemode,
        ..tenant.clone()
    };
    let id = error.message.split('\'').nth(1).unwrap_or_default();
    let exists = world.ledger(&other).is_some_and(|ledger| {
        ledger.accounts.find(id).is_some()
            || ledger.sessions.find(id).is_some()
            || ledger.transactions.find(id).is_some()
            || ledger.customers.find(id).is_some()
    });
    if exists {
        let (there, here) = if tenant.livemode {
            ("test", "live")
        } else {
            ("live", "test")
        };
        error.message = format!(
            "{}; a similar object exists in {there} mode, but a {here} mode key was used to make \
             this request.",
            error.message
        );
    }
    error
}
