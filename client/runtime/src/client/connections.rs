//! The connections of a client: the pool, and what is done about those that have died in it.
//!
//! A connection can die without a word, when a router on the way forgets it, or be closed by the server
//! just as it is used again. Three things keep that from the caller:
//!
//! - HTTP/2 connections are pinged, also while they are idle, and given up when no answer comes.
//! - When an attempt times out, and no other response has begun on the pool meanwhile, the pool is
//!   replaced: the retry, and every later request, opens a new connection.
//! - When a connection that was open before ends before a response begins, the request is sent once
//!   more at once. In HTTP/1.1 the pool may hold more connections that have ended, so that this one
//!   attempt goes around the pool.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::history::{History, Reused};
use super::http_client::{Reuse, http_client};
use crate::error::Error;
use crate::protocol::BaseUrl;

pub(crate) struct Connections {
    pool: RwLock<Pool>,
    /// The HTTP client that keeps no connection, made when it is needed.
    unpooled: OnceLock<reqwest::Client>,
    /// Where they go, if the HTTP client is this library's own: one that was handed in is used as
    /// it is.
    base: Option<BaseUrl>,
}

/// An HTTP client with its pool of connections.
#[derive(Clone)]
pub(crate) struct Pool {
    http: reqwest::Client,
    history: Arc<History>,
}

impl Pool {
    fn new(http: reqwest::Client) -> Self {
        Self {
            http,
            history: Arc::default(),
        }
    }

    /// How many responses have begun on its connections.
    pub(crate) fn responses(&self) -> u64 {
        self.history.responses()
    }

    /// Sends a request. With the failure comes the connection of it, if it had been used before.
    pub(crate) async fn send(
        &self,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, (reqwest::Error, Option<Reused>)> {
        match self.http.execute(request).await {
            Ok(response) => {
                self.history.note(response.extensions());
                Ok(response)
            }
            Err(error) => {
                let reused = self.history.forget(&error);
                Err((error, reused))
            }
        }
    }
}

impl Connections {
    /// Connections of this library's own.
    pub(crate) fn new(base: &BaseUrl) -> Result<Self, Error> {
        Ok(Self {
            pool: RwLock::new(Pool::new(http_client(base, Reuse::Pool)?)),
            unpooled: OnceLock::new(),
            base: Some(base.clone()),
        })
    }

    /// The connections of an HTTP client that was handed in.
    pub(crate) fn of(http: reqwest::Client) -> Self {
        Self {
            pool: RwLock::new(Pool::new(http)),
            unpooled: OnceLock::new(),
            base: None,
        }
    }

    pub(crate) fn pool(&self) -> Pool {
        self.pool
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether the HTTP client is this library's own.
    pub(crate) fn is_own(&self) -> bool {
        self.base.is_some()
    }

    /// An HTTP client that opens a connection for each request; none if the HTTP client was handed in.
    pub(crate) fn unpooled(&self) -> Option<Pool> {
        let base = self.base.as_ref()?;
        let http = match self.unpooled.get() {
            Some(http) => http.clone(),
            None => {
                let http = http_client(base, Reuse::Never).ok()?;
                self.unpooled.get_or_init(|| http).clone()
            }
        };
        Some(Pool::new(http))
    }

    /// Replaces the pool after an attempt that timed out, unless the pool has had more than so many
    /// responses by then, or another attempt has replaced it already.
    pub(crate) fn give_up(&self, silent: &Pool, responses: u64) {
        let Some(base) = &self.base else { return };
        if silent.responses() != responses || !self.is_current(silent) {
            return;
        }
        // Made without the lock, as it may take milliseconds. Without a new one the old one stays.
        let Ok(http) = http_client(base, Reuse::Pool) else {
            return;
        };
        let mut pool = self.pool.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&pool.history, &silent.history) {
            *pool = Pool::new(http);
        }
    }

    fn is_current(&self, pool: &Pool) -> bool {
        let current = self.pool.read().unwrap_or_else(PoisonError::into_inner);
        Arc::ptr_eq(&current.history, &pool.history)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections() -> Connections {
        Connections::new(&BaseUrl::new("http://127.0.0.1:1", false).unwrap()).unwrap()
    }

    #[test]
    fn a_silent_pool_is_replaced_once() {
        let connections = connections();
        let silent = connections.pool();
        connections.give_up(&silent, 0);
        let second = connections.pool();
        assert!(!connections.is_current(&silent));
        // Another attempt on the first pool ends later.
        connections.give_up(&silent, 0);
        assert!(connections.is_current(&second));
    }

    #[test]
    fn a_pool_on_which_something_came_stays() {
        let connections = connections();
        let pool = connections.pool();
        connections.pool().history.note(&http::Extensions::new());
        connections.give_up(&pool, 0);
        assert!(connections.is_current(&pool));
        // But not for ever.
        connections.give_up(&pool, 1);
        assert!(!connections.is_current(&pool));
    }

    #[test]
    fn an_http_client_that_was_handed_in_stays() {
        let connections = Connections::of(reqwest::Client::new());
        let pool = connections.pool();
        connections.give_up(&pool, 0);
        assert!(connections.is_current(&pool));
        assert!(connections.unpooled().is_none());
    }
}
