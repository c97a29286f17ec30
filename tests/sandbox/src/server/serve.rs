//! Bytes in and out: each request to the API or to the control surface.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;

use super::connection::{Doors, Knife};
use crate::control::http;
use crate::exchange::answer;
use crate::wire::{Answer, Incoming};
use crate::world::Shared;

/// The largest body that is accepted.
const MAX_BODY: usize = 1 << 20;

/// Serves until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) -> io::Result<()> {
    let app = Router::new()
        .fallback(handle)
        .with_state(shared)
        .into_make_service_with_connect_info::<Knife>();
    axum::serve(Doors { listener }, app).await
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(knife): ConnectInfo<Knife>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.");
    };
    let incoming = Incoming {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: body.to_vec(),
    };
    if incoming.path.starts_with(http::PREFIX) {
        let (status, body) = http::handle(&shared, &incoming);
        return respond(Answer {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.to_string().into_bytes(),
            cut: None,
        });
    }
    // A separate task: the request continues when its client hangs up, as with the real API, and a
    // panic ends here.
    let answering = tokio::spawn({
        let shared = Arc::clone(&shared);
        async move { answer(&shared, incoming).await }
    });
    match answering.await {
        Ok(answer) => {
            if let Some(cut) = answer.cut {
                knife.set(cut);
            }
            respond(answer)
        }
        Err(error) => {
            let violation = format!("a request was not answered: {error}");
            shared.world().violations.push(violation);
            refuse(StatusCode::INTERNAL_SERVER_ERROR, "The sandbox panicked.")
        }
    }
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

fn refuse(status: StatusCode, why: &'static str) -> Response {
    let mut response = Response::new(Body::from(why));
    *response.status_mut() = status;
    response
}
