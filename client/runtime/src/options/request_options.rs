//! The options that a client and a single request have in common.

use std::fmt;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::idempotency_key::IdempotencyKey;
use super::secret_key::SecretKey;
use crate::invalid::InvalidValue;
use crate::protocol::headers;

/// More headers than a server takes, and fewer than the table of headers can hold, together with those
/// of a client and the library's own.
const MAX_HEADERS: usize = 128;

/// The options of a client or of a request. Unset options fall back to the client's, then to the
/// defaults.
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) key: Option<SecretKey>,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) headers: HeaderMap,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    /// The first option that cannot be used. Kept until the request is sent or the client built, so
    /// that setting an option cannot fail.
    refused: Option<String>,
}

impl RequestOptions {
    /// Acts for a connected account (`Stripe-Account`).
    pub fn stripe_account(&mut self, account: &str) {
        self.act_for(headers::STRIPE_ACCOUNT, account);
    }

    /// Acts in a context, for example within an organisation (`Stripe-Context`).
    pub fn stripe_context(&mut self, context: &str) {
        self.act_for(headers::STRIPE_CONTEXT, context);
    }

    /// Asks for this version of the API (`Stripe-Version`).
    pub fn stripe_version(&mut self, version: &str) {
        self.own_header(headers::STRIPE_VERSION, version);
    }

    /// Limits the time of one attempt.
    pub fn timeout(&mut self, timeout: Duration) {
        self.refuse_zero("timeout", timeout);
        self.timeout = Some(timeout);
    }

    /// Limits the time of all attempts and the delays between them.
    pub fn deadline(&mut self, deadline: Duration) {
        self.refuse_zero("deadline", deadline);
        self.deadline = Some(deadline);
    }

    fn refuse_zero(&mut self, name: &str, duration: Duration) {
        if duration.is_zero() {
            self.refuse(format!("a {name} of zero leaves no time to send anything"));
        }
    }

    /// Limits the number of retries.
    pub fn max_retries(&mut self, retries: u32) {
        self.max_retries = Some(retries);
    }

    /// Sends one more parameter.
    pub fn param(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.params.push((name.into(), value.into()));
    }

    /// Uses another API key.
    pub fn secret_key(&mut self, key: SecretKey) {
        self.key = Some(key);
    }

    /// Sends this idempotency key instead of a random one.
    pub fn idempotency_key(&mut self, key: IdempotencyKey) {
        self.idempotency_key = Some(key);
    }

    /// Sends one more header. A header that has a dedicated option, or that the library sets, is
    /// rejected when the request is sent.
    pub fn header(&mut self, name: &str, value: &str) {
        let header = name.parse::<HeaderName>().ok();
        let value = HeaderValue::from_str(value).ok();
        if let Some(option) = header.as_ref().and_then(headers::option) {
            self.refuse(format!(
                "the header `{}` is set by this library: use `{option}`",
                name.to_ascii_lowercase()
            ));
            return;
        }
        match (header, value) {
            (Some(header), _) if headers::is_reserved(&header) => {
                self.refuse(format!("the header `{header}` is set by this library"));
            }
            (Some(header), Some(value)) => self.set(header, value),
            (None, _) => {
                self.refuse("a header's name holds a character that none may have".to_owned())
            }
            (Some(header), None) => {
                self.refuse(format!(
                    "the value of the header `{header}` holds a line break or a control character"
                ));
            }
        }
    }

    /// Sets the account or the context to act for, which takes the place of the other: the API takes
    /// one of the two.
    fn act_for(&mut self, name: HeaderName, value: &str) {
        headers::ACTING_FOR.iter().for_each(|either| {
            self.headers.remove(either);
        });
        self.own_header(name, value);
    }

    fn own_header(&mut self, name: HeaderName, value: &str) {
        match HeaderValue::from_str(value) {
            Ok(value) if !value.is_empty() => self.set(name, value),
            Ok(_) => self.refuse(format!("the value of `{name}` is empty")),
            Err(_) => self.refuse(format!(
                "the value of `{name}` holds a line break or a control character"
            )),
        }
    }

    /// Whatever the caller puts into a header may be a secret.
    fn set(&mut self, name: HeaderName, mut value: HeaderValue) {
        if self.headers.len() >= MAX_HEADERS && !self.headers.contains_key(&name) {
            return self.refuse(format!("there are more headers than {MAX_HEADERS}"));
        }
        value.set_sensitive(true);
        self.headers.insert(name, value);
    }

    pub(crate) fn refuse(&mut self, fault: String) {
        self.refused.get_or_insert(fault);
    }

    pub(crate) fn check(&self) -> Result<(), InvalidValue> {
        match &self.refused {
            None => Ok(()),
            Some(fault) => Err(InvalidValue::new(fault.clone())),
        }
    }
}

impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values of parameters may be personal, and those of headers secret.
        let params: Vec<_> = self.params.iter().map(|(name, _)| name).collect();
        f.debug_struct("RequestOptions")
            .field("headers", &self.headers)
            .field("params", &params)
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}
