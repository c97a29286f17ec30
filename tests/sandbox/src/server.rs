//! The HTTP side: connections that can be cut, and bytes in and out.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::clock;
use crate::control;
use crate::exchange::answer;
use crate::message::{Answer, Cut, Incoming};
use crate::shared::Shared;

/// How large a body may be.
const MAX_BODY: usize = 1 << 20;
/// How long to wait after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

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
    if incoming.path.starts_with(control::PREFIX) {
        let (status, body) = control::handle(&shared, &incoming);
        return respond(Answer {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.to_string().into_bytes(),
            cut: None,
        });
    }
    // A task of its own: the request goes on when its client hangs up, as it would elsewhere, and a
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

/// Accepts connections, each with a knife of its own.
struct Doors {
    listener: TcpListener,
}

impl Listener for Doors {
    type Io = Connection;
    type Addr = Knife;

    async fn accept(&mut self) -> (Connection, Knife) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let knife = Knife::default();
                    let connection = Connection {
                        stream,
                        knife: knife.clone(),
                    };
                    return (connection, knife);
                }
                // A client that is gone already, or too many open files, which takes a while to
                // pass.
                Err(_) => clock::wait(ACCEPT_PAUSE).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Knife> {
        self.listener
            .local_addr()
            .map(|_: SocketAddr| Knife::default())
    }
}

/// What a handler needs to cut the connection that it answers on.
#[derive(Clone, Debug, Default)]
struct Knife(Arc<Mutex<Option<Cut>>>);

impl Knife {
    fn set(&self, cut: Cut) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cut);
    }

    fn get(&self) -> Option<Cut> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connected<IncomingStream<'_, Doors>> for Knife {
    fn connect_info(stream: IncomingStream<'_, Doors>) -> Self {
        stream.remote_addr().clone()
    }
}

/// A connection that resets itself where the knife says.
struct Connection {
    stream: TcpStream,
    knife: Knife,
}

impl Connection {
    /// Refuses to write on. Lingering for no time makes the close a reset.
    fn reset(&self) -> io::Error {
        match self.stream.set_zero_linger() {
            Ok(()) => io::ErrorKind::ConnectionReset.into(),
            Err(error) => error,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let until = match self.knife.get() {
            None => bytes.len(),
            Some(Cut::BeforeHeaders) => return Poll::Ready(Err(self.reset())),
            Some(Cut::InBody(0)) => return Poll::Ready(Err(self.reset())),
            Some(Cut::InBody(left)) => {
                // Not vectored, so that the head comes in one piece with the start of the body.
                let head = bytes
                    .windows(4)
                    .position(|four| four == b"\r\n\r\n")
                    .map_or(0, |at| at + 4);
                bytes.len().min(head + left)
            }
        };
        let written = Pin::new(&mut self.stream).poll_write(cx, &bytes[..until]);
        if let (Poll::Ready(Ok(_)), Some(Cut::InBody(_))) = (&written, self.knife.get()) {
            self.knife.set(Cut::InBody(0));
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
