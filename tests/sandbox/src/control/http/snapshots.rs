//! Calls about the whole state: reset, kept and restored.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{Called, Done, ErrorBody, Input, Nothing, done};
use crate::control::handle::Control;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(reset))
        .routes(routes!(list, keep))
        .routes(routes!(restore))
        .routes(routes!(drop_one))
}

/// Go back to the state at the start, and forget the requests so far
#[utoipa::path(post, path = "/_sandbox/reset", request_body = Option<Nothing>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn reset(State(control): State<Control>, Input(Nothing {}): Input<Nothing>) -> Called<Done> {
    control.reset();
    done()
}

/// A snapshot.
#[derive(Serialize, ToSchema)]
struct Kept {
    id: String,
}

/// The snapshots that are kept.
#[derive(Serialize, ToSchema)]
struct Snapshots {
    snapshots: Vec<Kept>,
}

/// The snapshots that are kept
#[utoipa::path(get, path = "/_sandbox/snapshots", responses((status = 200, body = Snapshots)))]
async fn list(State(control): State<Control>) -> Json<Snapshots> {
    let ids = control.snapshot_ids().into_iter();
    Json(Snapshots {
        snapshots: ids.map(|id| Kept { id }).collect(),
    })
}

/// Keep the whole state as it is now
#[utoipa::path(post, path = "/_sandbox/snapshots", request_body = Option<Nothing>,
    responses((status = 200, body = Kept), (status = 400, body = ErrorBody)))]
async fn keep(State(control): State<Control>, Input(Nothing {}): Input<Nothing>) -> Called<Kept> {
    let id = control.keep_snapshot()?;
    Ok(Json(Kept { id }))
}

/// Go back to a snapshot, which stays
#[utoipa::path(post, path = "/_sandbox/snapshots/{id}/restore", params(("id" = String, Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn restore(
    State(control): State<Control>,
    Path(id): Path<String>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Done> {
    control.restore_snapshot(&id)?;
    done()
}

/// Drop a snapshot
#[utoipa::path(delete, path = "/_sandbox/snapshots/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn drop_one(State(control): State<Control>, Path(id): Path<String>) -> Called<Done> {
    control.drop_snapshot(&id)?;
    done()
}
