//! The client.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "blocking")]
use std::sync::OnceLock;

use http::HeaderMap;

use crate::base_url::BaseUrl;
use crate::budget::Budget;
use crate::builder::ClientBuilder;
#[cfg(feature = "blocking")]
use crate::builder::http_client;
use crate::clock::Clock;
use crate::error::Error;
use crate::key::SecretKey;
use crate::options::Options;
use crate::random::Random;

/// Sends requests to the API.
///
/// Cloning is cheap and shares everything: the connections, the retry budget, the options. Make one
/// for each async runtime and keep it; a connection makes no progress while the runtime on which it
/// was opened is not running.
///
/// ```no_run
/// use stripe_financial_connections::{Client, SecretKey};
///
/// # fn main() -> Result<(), stripe_financial_connections::Error> {
/// let client = Client::new(SecretKey::from_env()?)?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    /// A second pool, made when it is needed: a connection belongs to the runtime on which it was
    /// opened, and one that belongs to a blocked runtime would never answer.
    #[cfg(feature = "blocking")]
    pub(crate) blocking_http: OnceLock<reqwest::Client>,
    pub(crate) base: BaseUrl,
    /// What every request carries.
    pub(crate) headers: HeaderMap,
    pub(crate) options: Options,
    pub(crate) max_body: usize,
    pub(crate) budget: Budget,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

impl Client {
    /// A client with default options.
    ///
    /// # Errors
    ///
    /// When the TLS library cannot be set up.
    pub fn new(key: SecretKey) -> Result<Self, Error> {
        Self::builder(key).build()
    }

    /// A client with options of its own.
    pub fn builder(key: SecretKey) -> ClientBuilder {
        ClientBuilder::new(key)
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn blocking_http(&self) -> Result<reqwest::Client, Error> {
        if let Some(http) = self.0.blocking_http.get() {
            return Ok(http.clone());
        }
        let http = http_client(&self.0.base)?;
        Ok(self.0.blocking_http.get_or_init(|| http).clone())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base)
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}
