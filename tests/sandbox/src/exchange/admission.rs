//! Every check before the execution of a request, in order.

use axum::http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::context::Exchange;
use crate::api::{Document, Operation, version};
use crate::errors::ApiError;
use crate::traffic::{Caller, Fingerprint, Stored, check_key};
use crate::wire::{Incoming, Node, Route, expand, params};
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
    /// Runs every check before the execution.
    pub(crate) fn admit(&mut self, world: &mut World) -> Result<Admission, ApiError> {
        let incoming = &self.incoming;
        let route = self.route.clone().ok_or_else(|| unrecognized(incoming))?;
        let caller = world
            .keys
            .admit(&incoming.headers, &world.stripe_accounts)?;
        let tenant = caller.tenant.clone();
        self.caller = Some(caller.clone());
        self.version = version::negotiate(&incoming.headers, world.settings.versions)?;
        let most = world.settings.requests_per_second;
        world
            .rate
            .count(&tenant, route.operation(), self.now, most)?;
        if let Some(operation) = route.operation() {
            caller.check(operation)?;
        }
        let writes = route.operation().is_some_and(Operation::writes);
        let mut reserved = None;
        if writes && let Some(key) = incoming.headers.get("idempotency-key") {
            let key = String::from_utf8_lossy(key.as_bytes()).into_owned();
            check_key(&key)?;
            let fingerprint = Fingerprint {
                path: incoming.path.clone(),
                body: incoming.body.clone(),
            };
            let kept = world
                .kept
                .find(&tenant, &key, &fingerprint, self.now, &world.settings)?;
            if let Some(stored) = kept {
                return Ok(Admission::Replay(stored, key));
            }
            reserved = Some((key, fingerprint));
        }
        let params = self.params(&route)?;
        let key = reserved.map(|(key, fingerprint)| {
            world.kept.reserve(&tenant, &key, fingerprint, self.now);
            key
        });
        Ok(Admission::Execute(Box::new(Admitted {
            route,
            caller,
            params,
            key,
        })))
    }

    /// Validates the parameters and the paths to expand.
    fn params(&self, route: &Route) -> Result<Value, ApiError> {
        let incoming = &self.incoming;
        let fields = if incoming.method == Method::POST {
            check_content_type(&incoming.headers, &incoming.body)?;
            Node::decode(&incoming.body)?
        } else {
            Node::decode(incoming.query.as_bytes())?
        };
        let Some(operation) = route.operation() else {
            return params::check(&event_params(route), fields);
        };
        let document = Document::get();
        let params = params::check(document.params(operation), fields)?;
        expand::check(
            document.answer(operation, true),
            params::words(&params["expand"]),
        )?;
        Ok(params)
    }
}

/// The parameters of the operations that are not in the document.
fn event_params(route: &Route) -> Value {
    match route {
        Route::Events => json!({
            "type": "object",
            "properties": {
                "type": {"type": "string"},
                "types": {"type": "array", "items": {"type": "string"}},
                "limit": {"type": "integer"},
                "starting_after": {"type": "string"},
                "ending_before": {"type": "string"},
            },
        }),
        Route::Event(_) | Route::Operation(..) => json!({"type": "object", "properties": {}}),
    }
}

fn unrecognized(incoming: &Incoming) -> ApiError {
    let path = &incoming.path;
    let hint = if path.ends_with('/') {
        " The address ends in a slash: leave it out, or, if an id belongs there, check that it is \
         not empty."
    } else {
        ""
    };
    ApiError {
        status: StatusCode::NOT_FOUND,
        ..ApiError::invalid(format!(
            "Unrecognized request URL ({}: {path}).{hint} The addresses are listed at \
             https://stripe.com/docs.",
            incoming.method
        ))
    }
}

/// Bodies are forms; any other content type is rejected.
fn check_content_type(headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let given = headers
        .get(axum::http::header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    let given = given.as_deref().unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if body.is_empty() || essence.is_empty() || essence.eq_ignore_ascii_case(FORM) {
        return Ok(());
    }
    Err(ApiError::invalid(format!(
        "Invalid request: the content type is {essence}, and must be {FORM}."
    )))
}
