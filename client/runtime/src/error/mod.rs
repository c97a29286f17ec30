//! What went wrong, and all that is known of it.

mod api;
mod cause;
mod decode;
mod display;
mod kind;
mod plain;
mod predicates;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use self::api::ApiError;
#[cfg(feature = "webhook")]
pub(crate) use self::cause::DecodeCause;
pub(crate) use self::cause::TransportCause;
pub(crate) use self::decode::decode_error;
#[cfg(feature = "webhook")]
pub(crate) use self::decode::decode_path;
pub(crate) use self::kind::{Class, Kind};
pub(crate) use self::plain::Plain;
use crate::invalid::InvalidValue;
use crate::options::IdempotencyKey;
use crate::protocol::headers;

/// How much of a body an error keeps.
const KEPT_BODY: usize = 64 * 1024;

/// Why a request did not give what it was asked for.
///
/// Ask what it is by the predicates ([`is_rate_limited`](Error::is_rate_limited),
/// [`is_not_found`](Error::is_not_found), …) and what is known of it by the accessors. Whatever came
/// back is kept: the status, the headers, the request id and the beginning of the body, be it JSON
/// or a proxy's page.
///
/// `Display` is one line without personal data: it leaves out the API's message, which repeats what
/// was sent. `Debug` leaves out the body and the headers too. Both are fit for a log.
pub struct Error(Box<Inner>);

pub(crate) struct Inner {
    pub(crate) kind: Kind,
    /// Our own words; nothing that came from outside.
    pub(crate) detail: Cow<'static, str>,
    pub(crate) operation: Option<&'static str>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) api: Option<ApiError>,
    pub(crate) path: Option<String>,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) attempts: u32,
    pub(crate) maybe_executed: bool,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) retry_budget_empty: bool,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: detail.into(),
            operation: None,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            api: None,
            path: None,
            idempotency_key: None,
            attempts: 0,
            maybe_executed: false,
            retry_after: None,
            retry_budget_empty: false,
            source: None,
        }))
    }

    /// The caller's mistake, found before anything was sent.
    pub(crate) fn usage(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Usage, detail)
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The name of its kind, for logs.
    pub(crate) fn kind_name(&self) -> &'static str {
        self.0.kind.name()
    }

    /// Adds what is known, in the place where it is known.
    pub(crate) fn with(mut self, add: impl FnOnce(&mut Inner)) -> Self {
        add(&mut self.0);
        self
    }

    /// The operation that failed, for example `accounts.refresh`.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation
    }

    /// The HTTP status, if any answer came, be it cut short afterwards.
    pub fn status(&self) -> Option<u16> {
        self.0.status.map(|status| status.as_u16())
    }

    /// The headers of the answer; empty if none came.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The vendor's id of the request, to be given to its support.
    pub fn request_id(&self) -> Option<&str> {
        headers::request_id(&self.0.headers)
    }

    /// The idempotency key of the request, if it was a POST. Sending the same request with this key
    /// again is safe, now or after a restart.
    pub fn idempotency_key(&self) -> Option<&IdempotencyKey> {
        self.0.idempotency_key.as_ref()
    }

    /// How often the request was sent; 0 when it never was.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The API's own account of the error, when the answer held one.
    pub fn api(&self) -> Option<&ApiError> {
        self.0.api.as_ref()
    }

    /// The first 64 KiB of the body, as it came; empty if none came.
    ///
    /// It may hold personal data.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Where in the answer the field stands that did not decode or is missing, for example
    /// `data[3].balance.as_of`. `None` when it is the whole that is not right.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// How long the API asked to wait before the next request (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the response is one that the API had stored under the idempotency key.
    ///
    /// The same key gives the same response for as long as the API keeps it, so that such an error is not
    /// retried. A new key is right once it is known that the first request had no effect: read the object
    /// to see.
    pub fn is_replayed(&self) -> bool {
        headers::is_replayed(&self.0.headers)
    }

    /// Whether the request would have been sent again, had the
    /// [retry budget](crate::ClientBuilder::retry_budget) of its operation, or of all operations together,
    /// not been empty: too many requests have failed of late.
    pub fn is_retry_budget_empty(&self) -> bool {
        self.0.retry_budget_empty
    }

    /// Whether the server may have carried the request out, wholly or in part.
    ///
    /// `false` is certain: no attempt reached the server, or it rejected each of them before executing
    /// it. After `true`, send the same request again with the same
    /// [`idempotency_key`](Error::idempotency_key), or read the object to see.
    ///
    /// Some 4xx statuses do not reject a request before it is executed: 402 is a payment that was tried
    /// and declined, 408 and 499 are a proxy that gave up waiting, 409 another request at work, perhaps an
    /// earlier attempt of this one, and 424 a failure of a bank or another system behind the API. After
    /// each of these it is `true`.
    pub fn maybe_executed(&self) -> bool {
        self.0.maybe_executed
    }
}

impl From<InvalidValue> for Error {
    fn from(invalid: InvalidValue) -> Self {
        Self::usage(invalid.into_message())
    }
}

impl Inner {
    /// Takes over what another error knows of a response.
    pub(crate) fn tell_of(&mut self, other: &Error) {
        let other = &*other.0;
        self.status = other.status;
        self.headers = other.headers.clone();
        self.body = other.body.clone();
        self.api = other.api.clone();
        self.path = other.path.clone();
        self.retry_after = other.retry_after;
    }

    /// Keeps the beginning of a body, without holding on to the rest of a long one.
    pub(crate) fn keep_body(&mut self, body: &Bytes) {
        self.body = match body.get(..KEPT_BODY) {
            None => body.clone(),
            Some(beginning) => Bytes::copy_from_slice(beginning),
        };
    }
}
