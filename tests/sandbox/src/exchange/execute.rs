//! Executing a request that passed every check.

use axum::http::StatusCode;

use super::admission::Admitted;
use super::context::Exchange;
use crate::api::validate;
use crate::errors::ApiError;
use crate::objects::Cause;
use crate::operations::call;
use crate::store::Tenant;
use crate::traffic::Stored;
use crate::wire::Answer;
use crate::world::World;

impl Exchange {
    pub(crate) fn execute(
        &self,
        world: &mut World,
        admitted: Admitted,
        broken: Option<ApiError>,
    ) -> Answer {
        let Admitted {
            route,
            caller,
            params,
            key,
        } = admitted;
        let cause = route
            .operation()
            .filter(|operation| operation.writes())
            .map(|_| Cause {
                request: self.request_id.clone(),
                idempotency_key: key.clone(),
            });
        let (result, looked_at) = match broken {
            Some(error) => (Err(error), 0),
            None => {
                let connected = caller.tenant != world.platform() && !caller.tenant.livemode;
                let mut work = world.work(&caller.tenant, cause);
                let result = call(&mut work, &route, &params, &self.version, connected);
                (result, work.looked_at)
            }
        };
        let result = result.map_err(|error| explain_mode(world, &caller.tenant, error));
        let success = result.is_ok();
        let (status, body, extra) = match result {
            Ok(body) => (StatusCode::OK, body, Vec::new()),
            Err(error) => (error.status, error.body(&self.log_url()), error.headers),
        };
        let violation = route
            .operation()
            .and_then(|operation| validate::violation(operation, success, &body));
        let (status, body) = match violation {
            None => (status, body),
            Some(violation) => {
                let error = ApiError::internal(format!("The sandbox is wrong: {violation}"));
                if let Some(entry) = world.log.entry(self.number) {
                    entry.violation = Some(violation.clone());
                }
                world.violations.push(violation);
                (error.status, error.body(&self.log_url()))
            }
        };
        let body = body.to_string().into_bytes();
        if let Some(entry) = world.log.entry(self.number) {
            entry.effect = success && status.is_success();
            entry.looked_at = looked_at;
        }
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
            world.kept.complete(&caller.tenant, &key, stored);
        }
        answer
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
