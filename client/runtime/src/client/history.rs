//! Which connections of a pool have been used before.

use std::error::Error as StdError;
use std::sync::atomic::{AtomicU64, Ordering};

use http::Extensions;
use hyper_util::client::legacy::Error as TransportError;
use hyper_util::client::legacy::connect::{Connected, HttpInfo};

/// What has come from a pool: how many responses have begun, and on which connections.
///
/// The HTTP library says of a failure on which connection it was, and not whether that one was new. It
/// was not if a response came on it before. Connections are distinguished by their port on this machine,
/// one bit each: a port that is used again by another connection costs no more than a repeat.
#[derive(Debug)]
pub(super) struct History {
    responses: AtomicU64,
    ports: [AtomicU64; PORTS / 64],
}

const PORTS: usize = 1 << 16;

/// A connection that had been used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reused {
    Http1,
    Http2,
}

impl Default for History {
    fn default() -> Self {
        Self {
            responses: AtomicU64::new(0),
            ports: [const { AtomicU64::new(0) }; PORTS / 64],
        }
    }
}

impl History {
    pub(super) fn responses(&self) -> u64 {
        self.responses.load(Ordering::Relaxed)
    }

    /// A response has begun.
    pub(super) fn note(&self, response: &Extensions) {
        self.responses.fetch_add(1, Ordering::Relaxed);
        if let Some(info) = response.get::<HttpInfo>() {
            self.update(info, |ports, port| ports.fetch_or(port, Ordering::Relaxed));
        }
    }

    /// The connection of a request that failed before a response began, if it had been used before. It
    /// is forgotten, as its port may be used again.
    pub(super) fn forget(&self, error: &reqwest::Error) -> Option<Reused> {
        let connected = connection(error)?;
        let mut extensions = Extensions::new();
        connected.get_extras(&mut extensions);
        let info = extensions.get::<HttpInfo>()?;
        let (before, port) = self.update(info, |ports, port| {
            ports.fetch_and(!port, Ordering::Relaxed)
        })?;
        (before & port != 0).then(|| match connected.is_negotiated_h2() {
            true => Reused::Http2,
            false => Reused::Http1,
        })
    }

    fn update(
        &self,
        info: &HttpInfo,
        change: impl FnOnce(&AtomicU64, u64) -> u64,
    ) -> Option<(u64, u64)> {
        let port = usize::from(info.local_addr().port());
        let bit = 1 << (port % 64);
        let before = change(self.ports.get(port / 64)?, bit);
        Some((before, bit))
    }
}

fn connection(error: &reqwest::Error) -> Option<&Connected> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<TransportError>() {
            return error.connect_info();
        }
        next = error.source();
    }
    None
}
