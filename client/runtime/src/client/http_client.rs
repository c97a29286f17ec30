//! The HTTP client that a client makes for itself.

use std::time::Duration;

use crate::error::Error;
use crate::protocol::BaseUrl;

/// Connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often an HTTP/2 connection is pinged, also while it is idle.
const PING_INTERVAL: Duration = Duration::from_secs(20);
/// How long the answer to a ping may take before the connection is given up. With the interval, a
/// connection that has died is noticed before an attempt times out that was sent on it.
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Whether connections are kept for later requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reuse {
    Pool,
    Never,
}

pub(crate) fn http_client(base: &BaseUrl, reuse: Reuse) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // Every attempt is ours to count, to delay and to give up.
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_keep_alive_while_idle(true)
        .referer(false);
    if reuse == Reuse::Never {
        builder = builder.pool_max_idle_per_host(0);
    }
    if base.is_loopback {
        builder = builder.no_proxy();
    }
    // Said outright, so that it depends on the features of this crate alone and not on those that
    // other crates of the program turn on in the HTTP library.
    #[cfg(feature = "native-tls")]
    {
        builder = builder.tls_backend_native();
    }
    #[cfg(all(feature = "rustls", not(feature = "native-tls")))]
    {
        builder = builder.tls_backend_rustls();
    }
    builder.build().map_err(|error| {
        Error::usage("the HTTP client cannot be set up")
            .with(|inner| inner.source = Some(Box::new(error)))
    })
}
