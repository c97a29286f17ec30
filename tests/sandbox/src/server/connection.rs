//! Connections that can be cut.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::system::clock;
use crate::wire::Cut;

/// The delay after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// Accepts connections, each with its own knife.
pub(super) struct Doors {
    pub(super) listener: TcpListener,
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
                // A client that has left already, or too many open files, which takes a while to
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

impl Connected<IncomingStream<'_, Doors>> for Knife {
    fn connect_info(stream: IncomingStream<'_, Doors>) -> Self {
        stream.remote_addr().clone()
    }
}

/// A connection that resets itself at the knife's position.
pub(super) struct Connection {
    stream: TcpStream,
    knife: Knife,
}

impl Connection {
    /// Stops writing. A linger time of zero turns the close into a reset.
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
