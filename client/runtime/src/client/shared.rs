//! The client that every generated client wraps.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "blocking")]
use std::sync::OnceLock;

use http::HeaderMap;

use super::connections::Connections;
#[cfg(feature = "blocking")]
use crate::error::Error;
use crate::limit::Limiter;
use crate::options::RequestOptions;
use crate::protocol::BaseUrl;
use crate::retry::Budgets;
use crate::system::{Clock, Random};

/// What the clients of all crates share: the connections, the retry budget, the limits, the options.
///
/// Each generated crate has a `Client` with methods for its part of the API; `From` converts between
/// that and this one, so that several parts of the API can share one connection pool. Cloning is
/// cheap and shares everything.
///
/// ```no_run
/// use stripe_client_runtime::{Client, SecretKey};
///
/// # fn main() -> Result<(), stripe_client_runtime::Error> {
/// let core = Client::builder(SecretKey::from_env()?).build()?;
/// # let _ = core;
/// # Ok(())
/// # }
/// ```
///
/// Create one for each async runtime and keep it: a connection makes no progress while the async
/// runtime on which it was opened is not running.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) connections: Connections,
    /// A second pool, made when it is needed: a connection belongs to the runtime on which it was
    /// opened, and one that belongs to a blocked runtime would never answer.
    #[cfg(feature = "blocking")]
    pub(crate) blocking: OnceLock<Connections>,
    pub(crate) base: BaseUrl,
    /// What every request carries.
    pub(crate) headers: HeaderMap,
    pub(crate) options: RequestOptions,
    pub(crate) max_body: usize,
    pub(crate) budgets: Arc<Budgets>,
    /// None lets every request through at once.
    pub(crate) limiter: Option<Arc<Limiter>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

impl Client {
    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// The connections of requests whose caller is blocked.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking_connections(&self) -> Result<&Connections, Error> {
        if let Some(connections) = self.0.blocking.get() {
            return Ok(connections);
        }
        let connections = Connections::new(&self.0.base)?;
        Ok(self.0.blocking.get_or_init(|| connections))
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
