//! Calls about the requests so far.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{Asked, Called, Done, ErrorBody, done, page_size};
use crate::api::Operation;
use crate::control::handle::Control;
use crate::traffic::Recorded;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list, clear))
        .routes(routes!(effects))
}

/// A request and what became of it. Keys and secrets in it are masked.
#[derive(Serialize, ToSchema)]
struct RequestBody {
    number: u64,
    /// When it arrived, in seconds since 1970 by the sandbox's clock.
    time: i64,
    method: String,
    path: String,
    query: String,
    /// Names and values.
    headers: Vec<[String; 2]>,
    /// Up to 64 KiB of the body.
    body: String,
    /// How long the body was, in bytes.
    body_length: usize,
    operation: Option<Operation>,
    idempotency_key: Option<String>,
    request_id: String,
    /// Null while it runs, and if the connection was reset instead of a response.
    status: Option<u16>,
    /// Whether it was executed and succeeded.
    effect: bool,
    /// Whether it was answered from its idempotency key.
    replayed: bool,
    /// Whether a fault was injected.
    faulted: bool,
    /// How many entries of an index a list visited.
    looked_at: usize,
}

impl From<Recorded> for RequestBody {
    fn from(request: Recorded) -> Self {
        let headers = request.headers.into_iter();
        Self {
            number: request.number,
            time: request.time,
            method: request.method,
            path: request.path,
            query: request.query,
            headers: headers.map(|(name, value)| [name, value]).collect(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
            body_length: request.body_length,
            operation: request.operation,
            idempotency_key: request.idempotency_key,
            request_id: request.request_id,
            status: request.status,
            effect: request.effect,
            replayed: request.replayed,
            faulted: request.faulted,
            looked_at: request.looked_at,
        }
    }
}

/// Some requests.
#[derive(Serialize, ToSchema)]
struct Requests {
    /// Oldest first.
    requests: Vec<RequestBody>,
    /// Whether there are newer ones.
    has_more: bool,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RequestsPage {
    /// How many, from 1 to 1,000; otherwise 100.
    #[param(minimum = 1, maximum = 1_000)]
    limit: Option<usize>,
    /// Those with a number above this one.
    #[serde(default)]
    after: u64,
}

/// The requests so far, oldest first
#[utoipa::path(get, path = "/_sandbox/requests", params(RequestsPage), responses(
    (status = 200, body = Requests), (status = 400, body = ErrorBody)
))]
async fn list(
    State(control): State<Control>,
    Asked(page): Asked<RequestsPage>,
) -> Called<Requests> {
    let (requests, has_more) = control.requests_after(page.after, page_size(page.limit)?);
    Ok(Json(Requests {
        requests: requests.into_iter().map(RequestBody::from).collect(),
        has_more,
    }))
}

/// Forget the requests so far, and their effects
#[utoipa::path(delete, path = "/_sandbox/requests", responses((status = 200, body = Done)))]
async fn clear(State(control): State<Control>) -> Called<Done> {
    control.clear_requests();
    done()
}

/// How many POSTs took effect.
#[derive(Serialize, ToSchema)]
struct EffectsBody {
    operations: BTreeMap<String, usize>,
    /// For the last 100,000 keys.
    idempotency_keys: BTreeMap<String, usize>,
}

/// How many POSTs took effect, by operation and by idempotency key
#[utoipa::path(get, path = "/_sandbox/effects", responses((status = 200, body = EffectsBody)))]
async fn effects(State(control): State<Control>) -> Json<EffectsBody> {
    let effects = control.all_effects();
    let posts = effects.operations.iter().filter(|(of, _)| of.writes());
    let operations = posts.map(|(of, count)| (of.name().to_owned(), *count));
    let keys = effects.keys.iter();
    Json(EffectsBody {
        operations: operations.collect(),
        idempotency_keys: keys.map(|(key, count)| (key.to_string(), *count)).collect(),
    })
}
