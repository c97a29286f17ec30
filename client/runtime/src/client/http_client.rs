//! The HTTP client that a client makes for itself.

use std::time::Duration;

use crate::error::Error;
use crate::protocol::BaseUrl;

/// Connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) fn http_client(base: &BaseUrl) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // Every attempt is ours to count, to delay and to give up.
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
        .referer(false);
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
