//! Calls about webhook endpoints, events and deliveries.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{Asked, Called, Done, ErrorBody, Input, Nothing, Whose, done, page_size};
use crate::control::handle::Control;
use crate::control::webhooks::WebhookEndpoint;
use crate::kinds::EventStyle;
use crate::webhooks::{Delivered, NewEndpoint};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(delete))
        .routes(routes!(resend))
        .routes(routes!(roll_secret))
        .routes(routes!(send))
        .routes(routes!(trigger))
        .routes(routes!(deliveries))
}

/// A webhook endpoint to register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndpointBody {
    url: String,
    /// The signing secret; otherwise a new one.
    secret: Option<String>,
    /// The types of events; otherwise all.
    #[serde(default)]
    events: Vec<String>,
    /// Otherwise the pinned version.
    api_version: Option<String>,
    /// Otherwise snapshots.
    style: Option<EventStyle>,
    /// How often each event comes; otherwise once.
    #[schema(minimum = 1, maximum = 100)]
    copies: Option<u32>,
    /// Whether events that are due together come in any order.
    #[serde(default)]
    shuffled: bool,
    /// For the events of connected accounts instead of the platform's own.
    #[serde(default)]
    connect: bool,
}

/// An endpoint.
#[derive(Serialize, ToSchema)]
struct Endpoint {
    id: String,
    secret: String,
    url: String,
}

impl From<WebhookEndpoint> for Endpoint {
    fn from(endpoint: WebhookEndpoint) -> Self {
        Self {
            id: endpoint.id,
            secret: endpoint.secret,
            url: endpoint.url,
        }
    }
}

/// The endpoints.
#[derive(Serialize, ToSchema)]
struct Endpoints {
    /// Oldest first.
    webhook_endpoints: Vec<Endpoint>,
}

/// The webhook endpoints, with their secrets
#[utoipa::path(get, path = "/_sandbox/webhook_endpoints",
    responses((status = 200, body = Endpoints)))]
async fn list(State(control): State<Control>) -> Json<Endpoints> {
    let endpoints = control.webhook_endpoints().into_iter();
    Json(Endpoints {
        webhook_endpoints: endpoints.map(Endpoint::from).collect(),
    })
}

/// Remove a webhook endpoint, and what was to be delivered to it
#[utoipa::path(delete, path = "/_sandbox/webhook_endpoints/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn delete(State(control): State<Control>, Path(id): Path<String>) -> Called<Done> {
    control.delete_webhook_endpoint(&id)?;
    done()
}

/// Where an event is delivered once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resend {
    /// Otherwise to all endpoints that want it.
    endpoint: Option<String>,
}

/// Deliver an event once more
#[utoipa::path(post, path = "/_sandbox/events/{id}/resend",
    params(Whose, ("id" = String, Path)), request_body = Option<Resend>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn resend(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Resend>,
) -> Called<Done> {
    let control = whose.of(&control)?;
    control.resend_event(&id, body.endpoint.as_deref())?;
    done()
}

/// Register a webhook endpoint
#[utoipa::path(post, path = "/_sandbox/webhook_endpoints", params(Whose),
    request_body = EndpointBody,
    responses((status = 200, body = Endpoint), (status = 400, body = ErrorBody)))]
async fn create(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<EndpointBody>,
) -> Called<Endpoint> {
    let control = whose.of(&control)?;
    let mut new = NewEndpoint::new(body.url).events(body.events);
    new.secret = body.secret;
    if let Some(version) = body.api_version {
        new = new.api_version(version);
    }
    if let Some(style) = body.style {
        new = new.style(style);
    }
    new.copies = body.copies.unwrap_or(1);
    new.shuffled = body.shuffled;
    new.connect = body.connect;
    let endpoint = control.create_webhook_endpoint(new)?;
    Ok(Json(endpoint.into()))
}

/// A signing secret.
#[derive(Serialize, ToSchema)]
struct Secret {
    secret: String,
}

/// Give an endpoint a further secret
#[utoipa::path(post, path = "/_sandbox/webhook_endpoints/{id}/roll_secret",
    params(("id" = String, Path)), request_body = Option<Nothing>,
    responses((status = 200, body = Secret), (status = 400, body = ErrorBody)))]
async fn roll_secret(
    State(control): State<Control>,
    Path(id): Path<String>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Secret> {
    let secret = control.roll_webhook_secret(&id)?;
    Ok(Json(Secret { secret }))
}

/// An event that nothing here causes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EventBody {
    r#type: String,
    /// What it is about, verbatim.
    object: Map<String, Value>,
}

/// An event.
#[derive(Serialize, ToSchema)]
struct EventId {
    id: String,
}

/// Send an event that nothing here causes
#[utoipa::path(post, path = "/_sandbox/events", params(Whose), request_body = EventBody,
    responses((status = 200, body = EventId), (status = 400, body = ErrorBody)))]
async fn send(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<EventBody>,
) -> Called<EventId> {
    let control = whose.of(&control)?;
    let id = control.try_send_event(&body.r#type, &Value::Object(body.object))?;
    Ok(Json(EventId { id }))
}

/// An event to cause.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Trigger {
    /// As in `financial_connections.account.refreshed_balance`.
    r#type: String,
    /// The account that it happens to; otherwise a new one.
    account: Option<String>,
}

/// Let happen what an event tells, by the type of the event
#[utoipa::path(post, path = "/_sandbox/trigger", params(Whose), request_body = Trigger,
    responses((status = 200, body = EventId), (status = 400, body = ErrorBody)))]
async fn trigger(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Trigger>,
) -> Called<EventId> {
    let control = whose.of(&control)?;
    let id = control.trigger(&body.r#type, body.account.as_deref())?;
    Ok(Json(EventId { id }))
}

/// What became of a delivery.
#[derive(Serialize, ToSchema)]
struct DeliveryBody {
    number: u64,
    endpoint: String,
    url: String,
    event: String,
    /// The type of the event.
    r#type: String,
    attempt: usize,
    /// The status of the response; null if there was none.
    status: Option<u16>,
    /// When it is tried again, in seconds since 1970; null if it is not.
    next_attempt_at: Option<i64>,
}

impl From<Delivered> for DeliveryBody {
    fn from(delivered: Delivered) -> Self {
        Self {
            number: delivered.number,
            endpoint: delivered.endpoint,
            url: delivered.url,
            event: delivered.event,
            r#type: delivered.kind,
            attempt: delivered.attempt,
            status: delivered.status,
            next_attempt_at: delivered.next_attempt_at,
        }
    }
}

/// Some deliveries.
#[derive(Serialize, ToSchema)]
struct Deliveries {
    /// Oldest first.
    deliveries: Vec<DeliveryBody>,
    /// Whether there are newer ones.
    has_more: bool,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeliveriesPage {
    /// How many, from 1 to 1,000; otherwise 100.
    #[param(minimum = 1, maximum = 1_000)]
    limit: Option<usize>,
    /// Those with a number above this one.
    #[serde(default)]
    after: u64,
}

/// What became of the deliveries so far
#[utoipa::path(get, path = "/_sandbox/deliveries", params(DeliveriesPage), responses(
    (status = 200, body = Deliveries), (status = 400, body = ErrorBody)
))]
async fn deliveries(
    State(control): State<Control>,
    Asked(page): Asked<DeliveriesPage>,
) -> Called<Deliveries> {
    let (deliveries, has_more) = control.deliveries_after(page.after, page_size(page.limit)?);
    Ok(Json(Deliveries {
        deliveries: deliveries.into_iter().map(DeliveryBody::from).collect(),
        has_more,
    }))
}
