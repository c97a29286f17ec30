//! Calls about the clock.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{Called, ErrorBody, Input};
use crate::control::handle::Control;
use crate::errors::ControlError;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(now, change))
}

/// The clock.
#[derive(Serialize, ToSchema)]
struct Time {
    /// In seconds since 1970.
    now: i64,
    /// Whether it stands still until it is moved.
    frozen: bool,
}

impl Time {
    fn of(control: &Control) -> Self {
        Self {
            now: control.now(),
            frozen: !control.clock_runs(),
        }
    }
}

/// The time of the sandbox
#[utoipa::path(get, path = "/_sandbox/clock", responses((status = 200, body = Time)))]
async fn now(State(control): State<Control>) -> Json<Time> {
    Json(Time::of(&control))
}

/// A move of the clock. It goes ahead only, by ten years at most.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Move {
    /// By this many seconds.
    #[schema(minimum = 0, maximum = 315_619_200)]
    advance: Option<u64>,
    /// To this time, in seconds since 1970.
    set: Option<i64>,
    /// Whether it stands still from now on.
    frozen: Option<bool>,
}

/// Move, freeze or resume the clock; what becomes due on the way happens, in order
#[utoipa::path(post, path = "/_sandbox/clock", request_body = Move,
    responses((status = 200, body = Time), (status = 400, body = ErrorBody)))]
async fn change(State(control): State<Control>, Input(body): Input<Move>) -> Called<Time> {
    match (body.advance, body.set) {
        (Some(_), Some(_)) => {
            let error = ControlError::new("either `advance` or `set` moves the clock, not both");
            return Err(error.into());
        }
        (Some(seconds), None) => control.try_advance(Duration::from_secs(seconds))?,
        (None, Some(time)) => control.set_clock(time)?,
        (None, None) => {}
    }
    match body.frozen {
        Some(true) => control.freeze_clock(),
        Some(false) => control.resume_clock(),
        None => {}
    }
    Ok(Json(Time::of(&control)))
}
