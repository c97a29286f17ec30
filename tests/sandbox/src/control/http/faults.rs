//! Calls about faults, and about requests that are held.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::fault_bodies::FaultBody;
use super::input::{Called, Done, ErrorBody, Input, done};
use crate::api::Operation;
use crate::control::handle::Control;
use crate::errors::ControlResult;
use crate::traffic::Fault;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(pending, add, forget))
        .routes(routes!(holds, hold))
        .routes(routes!(release))
}

/// Faults, in the order in which they apply.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Faults {
    faults: Vec<FaultBody>,
}

/// The faults to come
#[utoipa::path(get, path = "/_sandbox/faults", responses((status = 200, body = Faults)))]
async fn pending(State(control): State<Control>) -> Json<Faults> {
    // A hold has a list of its own.
    let faults = control.faults();
    let faults = faults.iter().filter(|fault| fault.hold.is_none());
    Json(Faults {
        faults: faults.map(FaultBody::show).collect(),
    })
}

/// Let requests to come go wrong
#[utoipa::path(post, path = "/_sandbox/faults", request_body = Faults,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn add(State(control): State<Control>, Input(body): Input<Faults>) -> Called<Done> {
    let faults = body.faults.into_iter().map(FaultBody::read);
    let faults = faults.collect::<ControlResult<Vec<Fault>>>()?;
    control.add_faults(faults)?;
    done()
}

/// How many were forgotten.
#[derive(Serialize, ToSchema)]
struct Forgotten {
    forgotten: usize,
}

/// Forget the faults to come
#[utoipa::path(delete, path = "/_sandbox/faults", responses((status = 200, body = Forgotten)))]
async fn forget(State(control): State<Control>) -> Json<Forgotten> {
    Json(Forgotten {
        forgotten: control.clear_faults(),
    })
}

/// A request to hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Hold {
    operation: Operation,
}

/// A request that is held, or will be.
#[derive(Serialize, ToSchema)]
struct Holding {
    id: String,
    operation: Operation,
    /// Whether the request is there, in flight.
    arrived: bool,
}

/// The requests that are held, and those that will be.
#[derive(Serialize, ToSchema)]
struct Holds {
    holds: Vec<Holding>,
}

/// The requests that are held, and those that will be
#[utoipa::path(get, path = "/_sandbox/holds", responses((status = 200, body = Holds)))]
async fn holds(State(control): State<Control>) -> Json<Holds> {
    let holds = control.held().into_iter();
    let holds = holds.map(|(id, operation, arrived)| Holding {
        id,
        operation,
        arrived,
    });
    Json(Holds {
        holds: holds.collect(),
    })
}

/// Hold the next request of an operation in flight: its idempotency key is reserved, and it runs once
/// it is released
#[utoipa::path(post, path = "/_sandbox/holds", request_body = Hold,
    responses((status = 200, body = Holding), (status = 400, body = ErrorBody)))]
async fn hold(State(control): State<Control>, Input(body): Input<Hold>) -> Called<Holding> {
    let id = control.hold_by_id(body.operation)?;
    Ok(Json(Holding {
        id,
        operation: body.operation,
        arrived: false,
    }))
}

/// Release a request
#[utoipa::path(delete, path = "/_sandbox/holds/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn release(State(control): State<Control>, Path(id): Path<String>) -> Called<Done> {
    control.release(&id)?;
    done()
}
