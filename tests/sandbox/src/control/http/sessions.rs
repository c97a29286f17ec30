//! Calls about sessions: what their user does.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::account_bodies::Link;
use super::accounts::Ids;
use super::context::Context;
use super::input::{Asked, Called, ErrorBody, Input, Whose};
use crate::control::handle::Control;
use crate::errors::ControlError;
use crate::limits::LINKED;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(complete))
}

/// The accounts that the user links.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Linked {
    accounts: Vec<Link>,
}

/// The user finishes a session, named by its id or its client secret
#[utoipa::path(post, path = "/_sandbox/sessions/{id}/complete",
    params(Whose, ("id" = String, Path)), request_body = Linked,
    responses((status = 200, body = Ids), (status = 400, body = ErrorBody)))]
async fn complete(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Linked>,
) -> Called<Ids> {
    let control = whose.of(&control)?;
    let mut accounts = Vec::new();
    for link in body.accounts {
        let (count, new) = link.read()?;
        if accounts.len().saturating_add(count) > LINKED {
            let error = format!("a user links {LINKED} accounts at most");
            return Err(ControlError::new(error).into());
        }
        accounts.extend(std::iter::repeat_n(new, count));
    }
    let ids = control.complete_session(&id, &accounts)?;
    Ok(Json(Ids { ids }))
}
