//! Client configuration.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};

use super::connections::Connections;
use super::shared::{Client, Shared};
use crate::error::Error;
use crate::limit::Limiter;
use crate::options::{RequestOptions, SecretKey};
use crate::protocol::BaseUrl;
use crate::retry::Budgets;
use crate::system::{Clock, Random, SystemClock, SystemRandom};

/// Upper bound on a response body. API responses are far smaller; this guards against runaway
/// proxies.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// Retries that a client may make before a success is needed.
const RETRY_BUDGET: u32 = 100;

impl Client {
    /// A client with custom options.
    pub fn builder(key: SecretKey) -> ClientBuilder<Self> {
        ClientBuilder::new(key)
    }
}

/// Options of a client. The defaults suit production.
///
/// It builds any client that is made from the shared one: that of a generated crate, or the shared
/// [`Client`] itself. An option that cannot be used is reported by [`build`](ClientBuilder::build).
///
/// ```
/// use std::time::Duration;
/// # use stripe_client_runtime::{Client, SecretKey};
///
/// let client = Client::builder(SecretKey::new("sk_test_123")?)
///     .stripe_account("acct_123")
///     .timeout(Duration::from_secs(20))
///     .max_retries(4)
///     .build()?;
/// # Ok::<(), stripe_client_runtime::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder<C = Client> {
    key: SecretKey,
    options: RequestOptions,
    base_url: String,
    insecure: bool,
    http: Option<reqwest::Client>,
    max_body: usize,
    retry_budget: u32,
    max_in_flight: Option<usize>,
    per_second: Option<f64>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// A builder with every option at its default. Generated clients have a `builder` of their own,
    /// which says what is built.
    #[doc(hidden)]
    pub fn new(key: SecretKey) -> Self {
        Self {
            key,
            options: RequestOptions::default(),
            base_url: BaseUrl::DEFAULT.to_owned(),
            insecure: false,
            http: None,
            max_body: MAX_BODY,
            retry_budget: RETRY_BUDGET,
            max_in_flight: None,
            per_second: None,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            client: PhantomData,
        }
    }

    /// Acts for a connected account (`Stripe-Account`). It takes the place of a context, here and in a
    /// request that sets its own: the API takes one of the two.
    pub fn stripe_account(mut self, account: impl AsRef<str>) -> Self {
        self.options.stripe_account(account.as_ref());
        self
    }

    /// Acts in a context, for example within an organisation (`Stripe-Context`). It takes the place of a
    /// connected account, as that does of a context.
    pub fn stripe_context(mut self, context: impl AsRef<str>) -> Self {
        self.options.stripe_context(context.as_ref());
        self
    }

    /// Asks for this version of the API in every request (`Stripe-Version`), instead of the one that
    /// each crate is made for.
    ///
    /// Unknown fields and values are kept whatever the version; a field that another version
    /// leaves out, and the crate requires, does not decode.
    pub fn stripe_version(mut self, version: impl AsRef<str>) -> Self {
        self.options.stripe_version(version.as_ref());
        self
    }

    /// The timeout of one attempt, from connecting to the last byte of the response. 80 seconds
    /// unless set. Zero is rejected.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout(timeout);
        self
    }

    /// The total timeout of a request: all attempts, and the delays between them. 3 minutes unless
    /// set. Zero is rejected.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline(deadline);
        self
    }

    /// How often a request may be sent again after it failed. 2 unless set.
    ///
    /// A connection that the server has closed just as it was used again is no failure of the request:
    /// it is then sent once more at once, on a new connection, also when this is 0. That happens at most
    /// once a request and does no harm, since every POST has its idempotency key.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries(retries);
        self
    }

    /// Sends one more header with every request, 128 at most.
    ///
    /// A header that has a dedicated option, or that the library sets, is rejected; `User-Agent` alone
    /// may take the place of the library's.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.header(name.as_ref(), value.as_ref());
        self
    }

    /// Sends one more parameter with every request; nested names are written out, as in
    /// `filters[new]`. A request that has a setter for it is rejected: use the setter.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.param(name, value);
        self
    }

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
    /// What this library does about connections that have died takes an HTTP client of its own, and is
    /// lost with another:
    ///
    /// - HTTP/2 connections are pinged only if `http2_keep_alive_interval`, `http2_keep_alive_timeout`
    ///   and `http2_keep_alive_while_idle` are set on it (here: 20 seconds, 10 seconds, yes). Without
    ///   them, one that falls silent fails every request until the operating system notices.
    /// - No request is repeated because a connection ended as it was used again: that is a failure, and
    ///   retried and counted like any other.
    /// - The pool is not replaced when it falls silent; a retry may run on the same dead connection.
    ///
    /// Without this, proxies are taken from the usual environment variables, except for a base URL
    /// on this machine.
    pub fn reqwest_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The longest answer that is read, in bytes after decompression. 32 MiB unless set.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// How many retries this client may make for one operation beyond one for every ten of its
    /// successes. 100 unless set.
    ///
    /// When they are used up, as in an outage, each request of the operation is sent once, until
    /// requests succeed again; [`Error::is_retry_budget_empty`] tells of it. Other operations are not
    /// affected, unless four of them have used up as much: four times this number bounds the retries
    /// of all operations together, beyond one for every ten successes.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// How many requests may be under way at once. Any number unless set; zero is rejected.
    ///
    /// A request that comes when there are as many waits for its turn, in the order of coming. It counts
    /// as under way while an attempt is, and not while it pauses before a retry. All clones share the
    /// number, and so do the clients of other crates that are made of this one, and streams. Requests that
    /// block a thread are counted apart: they must not wait for tasks that need the thread.
    ///
    /// The wait counts towards the deadline. A request that finds no turn before it is a timeout
    /// ([`Error::is_timeout`]) with no attempt; so begin no more requests at once than get through within
    /// the deadline, or set a longer one.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        if requests == 0 {
            let fault = "a limit of no requests in flight lets none through";
            self.options.refuse(fault.to_owned());
        }
        self.max_in_flight = Some(requests);
        self
    }

    /// How many requests may begin in a second, retries counted. Any number unless set; a number that is
    /// not above zero is rejected.
    ///
    /// For bulk work under the API's rate limits. Requests begin evenly spread, one each so many
    /// milliseconds, in the order of coming; clones, crates, streams and the deadline are as for
    /// [`max_in_flight`](Self::max_in_flight).
    ///
    /// The number is an upper bound. When the API answers that too many requests came (429), the rate comes
    /// down to 0.7 of what was sent, at most twice a second and to one request in two seconds; while
    /// requests succeed, it recovers along a cubic curve, fast up to the rate that was too high, carefully
    /// around it, and fast beyond. This is how the adaptive retry mode of AWS's clients does it. So several
    /// programs under one limit come to share it, though none knows of the others.
    ///
    /// ```
    /// # use stripe_client_runtime::{Client, SecretKey};
    /// let client = Client::builder(SecretKey::new("sk_test_123")?)
    ///     .requests_per_second(25)
    ///     .max_in_flight(50)
    ///     .build()?;
    /// # Ok::<(), stripe_client_runtime::Error>(())
    /// ```
    pub fn requests_per_second(mut self, requests: impl Into<f64>) -> Self {
        let requests = requests.into();
        if !requests.is_normal() || requests < 0.0 {
            let fault = "the requests per second are not a number above zero";
            self.options.refuse(fault.to_owned());
        }
        self.per_second = Some(requests);
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
    pub fn build(self) -> Result<C, Error> {
        self.options.check()?;
        let base = BaseUrl::new(&self.base_url, self.insecure)?;
        Ok(C::from(Client::from_shared(Shared {
            #[cfg(feature = "blocking")]
            blocking: match &self.http {
                Some(http) => Connections::of(http.clone()).into(),
                None => std::sync::OnceLock::new(),
            },
            connections: match self.http {
                Some(http) => Connections::of(http),
                None => Connections::new(&base)?,
            },
            headers: default_headers(&self.key, &self.options),
            base,
            options: self.options,
            max_body: self.max_body,
            budgets: Arc::new(Budgets::new(self.retry_budget)),
            limiter: Limiter::of(self.max_in_flight, self.per_second).map(Arc::new),
            clock: self.clock,
            random: self.random,
        })))
    }
}

fn default_headers(key: &SecretKey, options: &RequestOptions) -> HeaderMap {
    let mut all = HeaderMap::with_capacity(16);
    all.insert(AUTHORIZATION, key.authorization().clone());
    all.insert(ACCEPT, HeaderValue::from_static("application/json"));
    all.extend(options.headers.clone());
    all
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &BaseUrl::printable(&self.base_url))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
