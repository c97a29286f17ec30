//! What a control call is given: read whole, and rejected whole, before anything is done.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::control::handle::Control;
use crate::errors::{ApiError, ControlError, ControlResult};
use crate::limits::{BODY, PAGE};

/// The result of a control call.
pub(super) type Called<T> = Result<Json<T>, Rejection>;

/// A control call that was rejected, and changed nothing.
#[derive(Debug)]
pub(super) struct Rejection(pub(super) ApiError);

impl From<ControlError> for Rejection {
    fn from(error: ControlError) -> Self {
        Self(ApiError::invalid(error.to_string()))
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        (self.0.status, Json(self.0.body_without_log())).into_response()
    }
}

/// The body of a rejection.
#[derive(Serialize, ToSchema)]
pub(super) struct ErrorBody {
    error: ErrorDetails,
}

/// What is wrong.
#[derive(Serialize, ToSchema)]
struct ErrorDetails {
    /// `invalid_request_error`, or `api_error` for a mistake of the sandbox.
    r#type: String,
    /// What is wrong, in words.
    message: String,
}

/// The response to a call that has nothing to tell.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {}

/// A body without fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Nothing to tell.
#[expect(clippy::unnecessary_wraps, reason = "the result of a handler")]
pub(super) const fn done() -> Called<Done> {
    Ok(Json(Done {}))
}

/// A JSON body. Unknown fields are rejected, and no body is an empty one.
pub(super) struct Input<T>(pub(super) T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Input<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Rejection> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        if bytes.is_empty() {
            return Ok(Self(parse(b"{}")?));
        }
        check_content_type(&parts.headers)?;
        Ok(Self(parse(&bytes)?))
    }
}

async fn read(body: Body) -> ControlResult<axum::body::Bytes> {
    let read = to_bytes(body, BODY).await;
    read.map_err(|error| ControlError::new(format!("the body cannot be read: {error}")))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> ControlResult<T> {
    // An array would be read as the fields in their order.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(ControlError::new(
            "the body is wrong: it must be a JSON object",
        ));
    }
    serde_json::from_slice(bytes)
        .map_err(|error| ControlError::new(format!("the body is wrong: {error}")))
}

/// A page of another origin can send other types without asking first.
fn check_content_type(headers: &HeaderMap) -> Result<(), Rejection> {
    let given = headers.get(header::CONTENT_TYPE);
    let given = given
        .and_then(|given| given.to_str().ok())
        .unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Rejection(ApiError {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ..ApiError::invalid(format!(
            "The content type of a control call is application/json, and not `{essence}`."
        ))
    }))
}

/// A query. Unknown parameters are rejected.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Rejection> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(error) => Err(ControlError::new(format!("the query is wrong: {error}")).into()),
        }
    }
}

/// Whose data a call is about.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Whose {
    /// A connected account of Stripe; otherwise the platform itself.
    pub(super) account: Option<String>,
    /// Whether it is the data of live mode.
    #[serde(default)]
    pub(super) livemode: bool,
}

impl Whose {
    /// The handle for this data.
    pub(super) fn of(&self, control: &Control) -> ControlResult<Control> {
        let mut control = control.clone();
        if let Some(account) = &self.account {
            if !control.has_stripe_account(account) {
                return Err(ControlError::new(format!(
                    "there is no account {account} of Stripe here"
                )));
            }
            control = control.for_account(account);
        }
        if self.livemode {
            control = control.in_live_mode();
        }
        Ok(control)
    }
}

/// Checks the number of items of a page.
pub(super) fn page_size(limit: Option<usize>) -> ControlResult<usize> {
    let limit = limit.unwrap_or(100);
    if (1..=PAGE).contains(&limit) {
        return Ok(limit);
    }
    Err(ControlError::new(format!(
        "`limit` must be from 1 to {PAGE}, and is {limit}"
    )))
}
