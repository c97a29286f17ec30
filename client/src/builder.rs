//! Setting up a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};

use crate::base_url::{self, BaseUrl};
use crate::budget::Budget;
use crate::client::{Client, Shared};
use crate::clock::{Clock, SystemClock};
use crate::error::Error;
use crate::headers;
use crate::key::SecretKey;
use crate::options::{Options, option_setters};
use crate::random::{Random, SystemRandom};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// An answer of the API is far below; this is against what is not one.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// Retries that a client may make before a success is needed.
const RETRY_BUDGET: u32 = 100;

/// Options of a client; each has a default that is right for production.
///
/// An option that cannot be used is reported by [`build`](ClientBuilder::build).
///
/// ```
/// use std::time::Duration;
/// use stripe_financial_connections::{Client, SecretKey};
///
/// let client = Client::builder(SecretKey::new("sk_test_123")?)
///     .stripe_account("acct_123")
///     .timeout(Duration::from_secs(20))
///     .max_retries(4)
///     .build()?;
/// # Ok::<(), stripe_financial_connections::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder {
    key: SecretKey,
    options: Options,
    base_url: String,
    insecure: bool,
    http: Option<reqwest::Client>,
    max_body: usize,
    retry_budget: u32,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl ClientBuilder {
    pub(crate) fn new(key: SecretKey) -> Self {
        Self {
            key,
            options: Options::default(),
            base_url: base_url::DEFAULT.to_owned(),
            insecure: false,
            http: None,
            max_body: MAX_BODY,
            retry_budget: RETRY_BUDGET,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
        }
    }

    option_setters!(self => self.options);

    /// Sends requests to another address: a proxy, or a server for tests. It must be `https`, or on
    /// this machine.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Allows a base URL that is plain `http` and not on this machine.
    ///
    /// The key, and everything else, is then readable on the way.
    pub fn allow_insecure_http(mut self) -> Self {
        self.insecure = true;
        self
    }

    /// Uses this HTTP client, for settings that this library has none for: a proxy, certificates of
    /// one's own, a pool of another size.
    ///
    /// It must not follow redirects and must not retry, or the promises made here about both do not
    /// hold: `reqwest::Client::builder().redirect(Policy::none()).retry(retry::never())`. With
    /// blocking requests, do not use it from an async runtime at the same time.
    ///
    /// Without this, proxies are taken from the usual environment variables, except for a base URL
    /// on this machine.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The longest answer that is read, in bytes after decompression. 32 MiB unless set.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// How many retries this client may make beyond one for every ten successes. 100 unless set.
    ///
    /// When they are used up, as in an outage, each request is sent once, until requests succeed
    /// again.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Takes the time from this clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes randomness from this source.
    pub fn random(mut self, random: impl Random) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When an option cannot be used, or the TLS library cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        self.options.check()?;
        let base = BaseUrl::new(&self.base_url, self.insecure)?;
        Ok(Client::from_shared(Shared {
            #[cfg(feature = "blocking")]
            blocking_http: self.http.clone().map(Into::into).unwrap_or_default(),
            http: match self.http {
                Some(http) => http,
                None => http_client(&base)?,
            },
            headers: default_headers(&self.key, &self.options),
            base,
            options: self.options,
            max_body: self.max_body,
            budget: Budget::new(self.retry_budget),
            clock: self.clock,
            random: self.random,
        }))
    }
}

fn default_headers(key: &SecretKey, options: &Options) -> HeaderMap {
    let mut all = HeaderMap::with_capacity(16);
    all.insert(AUTHORIZATION, key.authorization().clone());
    all.insert(
        headers::STRIPE_VERSION,
        HeaderValue::from_static(crate::API_VERSION),
    );
    all.insert(ACCEPT, HeaderValue::from_static("application/json"));
    all.insert(USER_AGENT, headers::USER_AGENT);
    all.extend(options.headers.clone());
    all
}

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
    builder.build().map_err(|error| {
        Error::usage("the HTTP client cannot be set up")
            .with(|inner| inner.source = Some(Box::new(error)))
    })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
