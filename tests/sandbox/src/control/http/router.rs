//! The control surface: its calls, and the document that is made from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::{Json, Router};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::context::Context;
use super::input::{ErrorBody, Rejection};
use super::{
    accounts, bank, clock, faults, keys, requests, sessions, settings, snapshots, webhooks,
};
use crate::control::handle::Control;
use crate::errors::ApiError;
use crate::wire::{Answer, Incoming};
use crate::world::Shared;

/// The path of the control surface. No path of the API starts like this.
pub(crate) const PREFIX: &str = "/_sandbox";

/// The control surface over HTTP.
#[derive(Clone)]
pub(crate) struct Surface {
    router: Router,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Control interface of the Financial Connections sandbox",
        description = "What only the user, the bank or time does with the real API. Every call \
                       checks all of its input first: one that is rejected has changed nothing.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(ErrorBody))
)]
struct About;

fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::with_openapi(About::openapi())
        .routes(routes!(list_calls))
        .routes(routes!(openapi))
        .merge(accounts::routes())
        .merge(bank::routes())
        .merge(sessions::routes())
        .merge(clock::routes())
        .merge(faults::routes())
        .merge(keys::routes())
        .merge(requests::routes())
        .merge(settings::routes())
        .merge(snapshots::routes())
        .merge(webhooks::routes())
}

impl Surface {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let (router, document) = routes().split_for_parts();
        let context = Context::new(Control::new(shared), document);
        let router = router
            .fallback(unknown)
            .method_not_allowed_fallback(unknown)
            .with_state(context);
        Self { router }
    }

    /// Executes a control call.
    pub(crate) async fn answer(self, request_id: &str, incoming: Incoming) -> Answer {
        let path = match incoming.query.as_str() {
            "" => incoming.path,
            query => format!("{}?{query}", incoming.path),
        };
        let mut request = Request::new(Body::from(incoming.body));
        *request.method_mut() = incoming.method;
        *request.headers_mut() = incoming.headers;
        if let Ok(uri) = path.parse() {
            *request.uri_mut() = uri;
        }
        let response = match self.router.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes().to_vec(),
            // The bodies of handlers are in memory.
            Err(_) => Vec::new(),
        };
        let mut answer = Answer {
            status: parts.status,
            headers: Vec::new(),
            body,
            cut: None,
        };
        answer.set("content-type", "application/json");
        answer.set("request-id", request_id);
        answer
    }
}

async fn unknown(request: Request<Body>) -> Rejection {
    Rejection(ApiError {
        status: StatusCode::NOT_FOUND,
        ..ApiError::invalid(format!(
            "There is no control call {} {}; GET {PREFIX} lists them.",
            request.method(),
            request.uri().path()
        ))
    })
}

/// The control calls, in short.
#[utoipa::path(get, path = "/_sandbox", responses((status = 200, body = BTreeMap<String, String>)))]
async fn list_calls(State(context): State<Context>) -> Json<BTreeMap<String, String>> {
    let document = context.document();
    let mut calls = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, call) in methods.as_object().into_iter().flatten() {
            let summary = call["summary"].as_str().unwrap_or_default();
            calls.insert(
                format!("{} {path}", method.to_uppercase()),
                summary.to_owned(),
            );
        }
    }
    Json(calls)
}

/// The OpenAPI document of the control calls.
#[utoipa::path(get, path = "/_sandbox/openapi.json", responses((status = 200, body = Value)))]
async fn openapi(State(context): State<Context>) -> Json<Value> {
    Json(context.document())
}
