//! The server: TLS, and one of two protocols over it.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::certificate::acceptor;
use super::wire::Wire;
use super::world::World;
use super::{http1, http2};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

/// Dropping it stops it.
pub(crate) struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(protocol: Protocol, world: Arc<World>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = acceptor(match protocol {
            Protocol::Http1 => b"http/1.1",
            Protocol::Http2 => b"h2",
        });
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let world = Arc::clone(&world);
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let _open = world.connected();
                    let (wire, fate) = Wire::new(stream);
                    if let Ok(stream) = acceptor.accept(wire).await {
                        match protocol {
                            Protocol::Http1 => http1::serve(stream, &fate, &world).await,
                            Protocol::Http2 => http2::serve(stream, &fate, &world).await,
                        }
                    }
                });
            }
        });
        Self { address, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
