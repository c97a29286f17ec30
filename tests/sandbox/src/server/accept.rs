//! Accepting connections, and what HTTP itself rejects on them.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use super::connection::{Connection, Knife};
use super::guard::Guard;
use super::handle::Served;
use crate::control::http::Surface;
use crate::errors::ApiError;
use crate::limits::{HEAD, HEAD_TIME, HEADERS};
use crate::system::clock;
use crate::world::Shared;

/// The delay after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// Serves until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, guard: Guard) {
    let served = Arc::new(Served {
        surface: Surface::new(Arc::clone(&shared)),
        shared,
        guard,
    });
    // Connections end with the server.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(serve_one(stream, Arc::clone(&served)));
            }
            // A client that has left already, or too many open files, which takes a while to
            // pass.
            Err(_) => clock::wait(ACCEPT_PAUSE).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve_one(stream: TcpStream, served: Arc<Served>) {
    // Responses are small, and waited for.
    let _ = stream.set_nodelay(true);
    let knife = Knife::default();
    let refused = Arc::clone(&served.shared);
    let connection = Connection::new(stream, knife.clone(), move |status| {
        rejection(&refused.request_id(), status)
    });
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (served, knife) = (Arc::clone(&served), knife.clone());
        async move {
            let request = request.map(Body::new);
            Ok::<_, std::convert::Infallible>(served.handle(&knife, request).await)
        }
    });
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .max_headers(HEADERS)
        .half_close(true)
        .serve_connection(TokioIo::new(connection), service);
    let Err(error) = Pin::new(&mut serving).await else {
        return;
    };
    if error.is_timeout() {
        let parts = serving.into_parts();
        // Nothing is said on a connection that was only idle.
        if !parts.read_buf.is_empty() {
            let _ = too_slow(parts.io.into_inner()).await;
        }
    }
}

async fn too_slow(mut connection: Connection) -> io::Result<()> {
    connection.speak(StatusCode::REQUEST_TIMEOUT);
    connection.flush().await?;
    connection.shutdown().await
}

/// The bytes of the response to a request that is none.
fn rejection(request_id: &str, status: StatusCode) -> Vec<u8> {
    let why = match status {
        StatusCode::URI_TOO_LONG => "The address of the request is too long.".to_owned(),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => format!(
            "The head of the request is too large: it may have {HEADERS} headers, and {HEAD} bytes."
        ),
        StatusCode::REQUEST_TIMEOUT => format!(
            "The head of the request took longer than {} seconds.",
            HEAD_TIME.as_secs()
        ),
        _ => "The request is not one of HTTP/1.1.".to_owned(),
    };
    let error = ApiError {
        status,
        ..ApiError::invalid(why)
    };
    let body = error.body_without_log().to_string();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nrequest-id: {request_id}\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
