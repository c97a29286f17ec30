//! What can be said of a request besides its parameters, for a client or for one request.

use std::fmt;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;
use crate::headers;
use crate::idempotency::IdempotencyKey;
use crate::key::SecretKey;

/// Options as they were set; what is not set falls through to the client, and there to the default.
#[derive(Clone, Default)]
pub(crate) struct Options {
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

impl Options {
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let header = name.parse::<HeaderName>().ok();
        let value = HeaderValue::from_str(value).ok();
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

    pub(crate) fn own_header(&mut self, name: HeaderName, value: &str) {
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
        value.set_sensitive(true);
        self.headers.insert(name, value);
    }

    pub(crate) fn refuse(&mut self, fault: String) {
        self.refused.get_or_insert(fault);
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.refused {
            None => Ok(()),
            Some(fault) => Err(Error::usage(fault.clone())),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values of parameters may be personal, and those of headers secret.
        let params: Vec<_> = self.params.iter().map(|(name, _)| name).collect();
        f.debug_struct("Options")
            .field("headers", &self.headers)
            .field("params", &params)
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}

/// The setters that a client and a request have in common, over `$options`.
macro_rules! option_setters {
    ($self:ident => $options:expr) => {
        /// Acts for a connected account (`Stripe-Account`).
        #[inline]
        pub fn stripe_account(mut $self, account: impl AsRef<str>) -> Self {
            $options.own_header($crate::headers::STRIPE_ACCOUNT, account.as_ref());
            $self
        }

        /// Acts in a context, for example within an organisation (`Stripe-Context`).
        #[inline]
        pub fn stripe_context(mut $self, context: impl AsRef<str>) -> Self {
            $options.own_header($crate::headers::STRIPE_CONTEXT, context.as_ref());
            $self
        }

        /// Asks for another version of the API than the one that this library is made for
        /// (`Stripe-Version`).
        ///
        /// Unknown fields and values are kept whatever the version; a field that another version
        /// leaves out, and this one requires, does not decode.
        #[inline]
        pub fn stripe_version(mut $self, version: impl AsRef<str>) -> Self {
            $options.own_header($crate::headers::STRIPE_VERSION, version.as_ref());
            $self
        }

        /// The time-out of one attempt, from connecting to the last byte of the answer. 80 seconds
        /// unless set.
        #[inline]
        pub fn timeout(mut $self, timeout: ::std::time::Duration) -> Self {
            $options.timeout = Some(timeout);
            $self
        }

        /// The time for the whole request: all attempts, and the pauses between them. 3 minutes
        /// unless set.
        #[inline]
        pub fn deadline(mut $self, deadline: ::std::time::Duration) -> Self {
            $options.deadline = Some(deadline);
            $self
        }

        /// How often a request may be sent again after the first attempt. 2 unless set.
        #[inline]
        pub fn max_retries(mut $self, retries: u32) -> Self {
            $options.max_retries = Some(retries);
            $self
        }

        /// Sends one more header. A header that this library has an option for is refused.
        #[inline]
        pub fn header(mut $self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            $options.header(name.as_ref(), value.as_ref());
            $self
        }

        /// Sends one more parameter, which this version does not know; nested names are written
        /// out, as in `filters[new]`.
        #[inline]
        pub fn param(mut $self, name: impl Into<String>, value: impl Into<String>) -> Self {
            $options.params.push((name.into(), value.into()));
            $self
        }
    };
}
pub(crate) use option_setters;
