//! The wire under TLS, which can be cut and can fall silent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What has become of a wire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fate(Arc<AtomicU8>);

const SILENT: u8 = 1;
const RESET: u8 = 2;

impl Fate {
    /// From now on nothing comes out of it, in either direction.
    pub(crate) fn silence(&self) {
        self.0.store(SILENT, Ordering::Relaxed);
    }

    /// It ends with a reset.
    pub(crate) fn reset(&self) {
        self.0.store(RESET, Ordering::Relaxed);
    }

    fn is(&self, fate: u8) -> bool {
        self.0.load(Ordering::Relaxed) == fate
    }
}

#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    fate: Fate,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream) -> (Self, Fate) {
        // Pieces are to arrive when they are written.
        stream.set_nodelay(true).unwrap();
        let fate = Fate::default();
        let wire = Self {
            stream,
            fate: fate.clone(),
        };
        (wire, fate)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.fate.is(RESET) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let start = buffer.filled().len();
        loop {
            ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
            let is_end = buffer.filled().len() == start;
            if is_end || !self.fate.is(SILENT) {
                return Poll::Ready(Ok(()));
            }
            // Nobody hears it. That the other side has gone is noticed.
            buffer.set_filled(start);
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.fate.is(SILENT) {
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
