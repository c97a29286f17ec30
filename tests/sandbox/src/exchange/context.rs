//! One request, and the responses that any step can give.

use std::sync::Arc;

use axum::http::StatusCode;

use crate::errors::ApiError;
use crate::settings::Settings;
use crate::traffic::{Caller, Outcome, Stored};
use crate::wire::{Answer, Incoming, Route};

/// The context of a request.
pub(crate) struct Exchange {
    pub(crate) incoming: Incoming,
    pub(crate) number: u64,
    pub(crate) request_id: String,
    pub(crate) platform: String,
    pub(crate) settings: Arc<Settings>,
    pub(crate) now: i64,
    pub(crate) version: String,
    pub(crate) caller: Option<Caller>,
    pub(crate) route: Option<Route>,
    /// What the log will say of it.
    pub(crate) outcome: Outcome,
}

impl Exchange {
    pub(crate) fn failed(&self, error: &ApiError) -> Answer {
        let body = error.body(&self.log_url()).to_string().into_bytes();
        let mut answer = self.plain(error.status, body);
        for (name, value) in &error.headers {
            answer.set(name, value.as_str());
        }
        answer
    }

    pub(crate) fn replayed(&self, stored: Stored, key: &str) -> Answer {
        let mut answer = self.plain(stored.status, stored.body);
        answer.set("idempotent-replayed", "true");
        answer.set("original-request", stored.request_id);
        answer.set("idempotency-key", key);
        answer.set("stripe-should-retry", "false");
        answer
    }

    /// A response with the headers that every response has.
    pub(crate) fn plain(&self, status: StatusCode, body: Vec<u8>) -> Answer {
        let mut answer = Answer {
            status,
            headers: Vec::new(),
            body,
            cut: None,
        };
        for (name, value) in [
            ("cache-control", "no-cache, no-store"),
            ("content-type", "application/json"),
            ("request-id", &self.request_id),
            ("server", "nginx"),
            ("stripe-version", &self.version),
        ] {
            answer.set(name, value);
        }
        if let Some(account) = self
            .caller
            .as_ref()
            .and_then(|caller| caller.account_header.as_deref())
        {
            answer.set("stripe-account", account);
        }
        answer
    }

    pub(crate) fn log_url(&self) -> String {
        let account = self
            .caller
            .as_ref()
            .map_or(&self.platform, |caller| &caller.tenant.account);
        let mode = match &self.caller {
            Some(caller) if caller.tenant.livemode => "",
            _ => "/test",
        };
        format!(
            "https://dashboard.stripe.com/{account}{mode}/workbench/logs?object={}",
            self.request_id
        )
    }
}
