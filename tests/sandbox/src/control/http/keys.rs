//! Calls about API keys and rate limits.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{Called, Done, ErrorBody, Input, done};
use crate::api::Operation;
use crate::control::handle::Control;
use crate::errors::ControlError;
use crate::traffic::KeyKind;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(limit))
}

/// A key to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewKey {
    /// Otherwise a secret key.
    kind: Option<Kind>,
    /// What a restricted key allows.
    operations: Option<Vec<Operation>>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Secret,
    Live,
    Expired,
    Application,
    Restricted,
}

/// A key.
#[derive(Serialize, ToSchema)]
struct Key {
    key: String,
}

/// Make a key
#[utoipa::path(post, path = "/_sandbox/keys", request_body = Option<NewKey>,
    responses((status = 200, body = Key), (status = 400, body = ErrorBody)))]
async fn create(State(control): State<Control>, Input(body): Input<NewKey>) -> Called<Key> {
    let kind = match (body.kind.unwrap_or(Kind::Secret), body.operations) {
        (Kind::Restricted, operations) => KeyKind::Restricted(operations.unwrap_or_default()),
        (_, Some(_)) => {
            return Err(ControlError::new("only a restricted key has operations").into());
        }
        (Kind::Secret, None) => KeyKind::Secret,
        (Kind::Live, None) => KeyKind::Live,
        (Kind::Expired, None) => KeyKind::Expired,
        (Kind::Application, None) => KeyKind::Application,
    };
    Ok(Json(Key {
        key: control.create_key(kind),
    }))
}

/// Whether requests are limited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Limits {
    enabled: bool,
}

/// Switch rate limits on or off
#[utoipa::path(post, path = "/_sandbox/rate_limits", request_body = Limits,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn limit(State(control): State<Control>, Input(body): Input<Limits>) -> Called<Done> {
    control.set_rate_limits(body.enabled);
    done()
}
