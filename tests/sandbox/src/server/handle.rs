//! Bytes in and out: each request to the API or to the control surface.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use tokio::runtime::Handle;

use super::connection::Knife;
use super::guard::Guard;
use super::{body, cors};
use crate::control::http::{self, Surface};
use crate::errors::ApiError;
use crate::exchange::{answer, refuse};
use crate::wire::{Answer, Incoming};
use crate::world::Shared;

/// What every connection is served from.
pub(super) struct Served {
    pub(super) shared: Arc<Shared>,
    pub(super) surface: Surface,
    pub(super) guard: Guard,
}

impl Served {
    pub(super) async fn handle(&self, knife: &Knife, request: Request) -> Response {
        let (parts, sent) = request.into_parts();
        let admitted = self.guard.check(&parts.method, &parts.uri, &parts.headers);
        let mut incoming = Incoming {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body: Vec::new(),
        };
        let origin = match admitted {
            Ok(origin) => origin,
            Err(error) => return respond(refuse(&self.shared, incoming, &error)),
        };
        let answered = if cors::is_preflight(&incoming.method, &incoming.headers) {
            cors::preflight(&incoming.headers, &self.shared.request_id())
        } else {
            match body::read(&incoming.headers, sent).await {
                Ok(body) => {
                    incoming.body = body;
                    self.execute(incoming).await
                }
                Err(error) => refuse(&self.shared, incoming, &error),
            }
        };
        if let Some(cut) = answered.cut {
            knife.set(cut);
        }
        let mut response = respond(answered);
        cors::allow(&mut response, origin);
        response
    }

    /// Executes a request in a task of its own: it continues when its client hangs up, as with the
    /// real API, and a panic ends here.
    async fn execute(&self, incoming: Incoming) -> Answer {
        let shared = Arc::clone(&self.shared);
        let answering = if is_control(&incoming.path) {
            let surface = self.surface.clone();
            // A control call may take long, on a thread that nothing else waits for.
            tokio::task::spawn_blocking(move || {
                let request_id = shared.request_id();
                Handle::current().block_on(surface.answer(&request_id, incoming))
            })
        } else {
            tokio::spawn(async move { answer(&shared, incoming).await })
        };
        match answering.await {
            Ok(answer) => answer,
            Err(error) => {
                let violation = format!("a request was not answered: {error}");
                self.shared.violated(violation);
                panicked(&self.shared.request_id())
            }
        }
    }
}

fn is_control(path: &str) -> bool {
    let rest = path.strip_prefix(http::PREFIX);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn panicked(request_id: &str) -> Answer {
    let error = ApiError::internal("The sandbox panicked.");
    let mut answer = Answer {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        headers: Vec::new(),
        body: error.body_without_log().to_string().into_bytes(),
        cut: None,
    };
    answer.set("content-type", "application/json");
    answer.set("request-id", request_id);
    answer
}

fn respond(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    for (name, value) in answer.headers {
        // Headers of a fault script may be anything; one that HTTP cannot carry is left out.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
