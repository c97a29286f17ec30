//! Connections that can be cut, and on which every rejection is JSON.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::wire::Cut;

/// Lets a handler cut the connection that it responds on.
#[derive(Clone, Debug, Default)]
pub(super) struct Knife(Arc<Mutex<Option<Cut>>>);

impl Knife {
    pub(super) fn set(&self, cut: Cut) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cut);
    }

    fn get(&self) -> Option<Cut> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that resets itself at the knife's position.
pub(super) struct Connection {
    stream: TcpStream,
    knife: Knife,
    /// The response to what HTTP itself rejects with a status.
    reject: Box<dyn Fn(StatusCode) -> Vec<u8> + Send + Sync>,
    /// The rest of such a response.
    pending: Vec<u8>,
}

impl Connection {
    pub(super) fn new(
        stream: TcpStream,
        knife: Knife,
        reject: impl Fn(StatusCode) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        Self {
            stream,
            knife,
            reject: Box::new(reject),
            pending: Vec::new(),
        }
    }

    /// Rejects with a status. A flush sends it.
    pub(super) fn speak(&mut self, status: StatusCode) {
        self.pending = (self.reject)(status);
    }

    /// Stops writing. A linger time of zero turns the close into a reset.
    fn reset(&self) -> io::Error {
        match self.stream.set_zero_linger() {
            Ok(()) => io::ErrorKind::ConnectionReset.into(),
            Err(error) => error,
        }
    }

    fn poll_pending(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pending.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &self.pending))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.pending.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

/// The status of a response that the HTTP library made on its own: it has no body, and lacks the
/// request id that each of ours has.
fn bare_rejection(bytes: &[u8]) -> Option<StatusCode> {
    let head = std::str::from_utf8(bytes).ok()?;
    let status = head.strip_prefix("HTTP/1.1 4")?.get(..2)?;
    let bare = head.ends_with("\r\n\r\n") && !head.contains("\r\nrequest-id: ");
    let status = format!("4{status}").parse().ok().filter(|_| bare)?;
    StatusCode::from_u16(status).ok()
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
        let this = &mut *self;
        ready!(this.poll_pending(cx))?;
        let until = match this.knife.get() {
            None => bytes.len(),
            Some(Cut::BeforeHeaders) => return Poll::Ready(Err(this.reset())),
            Some(Cut::InBody(0)) => return Poll::Ready(Err(this.reset())),
            Some(Cut::InBody(left)) => {
                // Not vectored, so that the head comes in one piece with the start of the body.
                let head = bytes
                    .windows(4)
                    .position(|four| four == b"\r\n\r\n")
                    .map_or(0, |at| at + 4);
                bytes.len().min(head + left)
            }
        };
        if let Some(status) = bare_rejection(bytes) {
            this.speak(status);
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut this.stream).poll_write(cx, &bytes[..until]);
        if let (Poll::Ready(Ok(_)), Some(Cut::InBody(_))) = (&written, this.knife.get()) {
            this.knife.set(Cut::InBody(0));
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_pending(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_pending(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
