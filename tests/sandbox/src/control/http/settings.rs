//! Calls about the settings.

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{Called, ErrorBody, Input};
use crate::control::handle::Control;
use crate::settings::Settings;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(show, change))
}

/// The settings
#[utoipa::path(get, path = "/_sandbox/settings", responses((status = 200, body = Settings)))]
async fn show(State(control): State<Control>) -> Json<Settings> {
    Json(control.settings())
}

/// Change the settings that are given, for the requests to come
#[utoipa::path(patch, path = "/_sandbox/settings", request_body = Settings,
    responses((status = 200, body = Settings), (status = 400, body = ErrorBody)))]
async fn change(
    State(control): State<Control>,
    Input(given): Input<Map<String, Value>>,
) -> Called<Settings> {
    let settings = control.settings().merged(given)?;
    control.set_settings(settings)?;
    Ok(Json(control.settings()))
}
