//! Why a payload was not taken, or an object in it not read.

use std::error::Error as StdError;
use std::fmt;

use crate::error::{DecodeCause, Plain};

/// What is wrong with a secret, a header or a payload.
///
/// It holds neither the payload nor the secret, and neither do `Display` and `Debug`: what was sent
/// by a stranger, or about a customer, does not reach a log this way.
pub struct Error {
    kind: ErrorKind,
    /// Our own words.
    reason: Option<&'static str>,
    path: Option<String>,
    source: Option<DecodeCause>,
}

/// What is wrong, one case each.
///
/// Answer a request with status 400 whatever the case. The cases are for logs and alarms: a
/// mismatch is somebody else's text or the wrong secret, a header that says nothing is a proxy that
/// removes it, a time that is off is a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The signing secret is empty or blank. Most often a variable of the environment is not set.
    BlankSecret,
    /// The signing secret is something else: an API key, the id of an endpoint, a placeholder, or a
    /// text with white space or quotation marks in it. The message says which.
    NotASecret,
    /// The header names no time. Most often the header is missing, and an empty one was passed on.
    NoTimestamp,
    /// The header names more than one time.
    RepeatedTimestamp,
    /// The time in the header is not a number of seconds.
    MalformedTimestamp,
    /// The header holds no signature of the scheme `v1`.
    NoSignature,
    /// None of the header's signatures is 64 lower-case hexadecimal digits.
    MalformedSignature,
    /// No signature was made with one of the secrets over this payload: a wrong secret, a forged
    /// text, or a body that a framework has read and written again. The body has to be the bytes
    /// that came in.
    Mismatch,
    /// The signature is right, and older than the tolerance: a copy sent again by somebody, a queue
    /// in front of the handler, or a clock that is fast.
    TooOld,
    /// The signature is right, and further in the future than the tolerance: a clock that is slow.
    FromFuture,
    /// The payload is not JSON in UTF-8.
    NotJson,
    /// The payload is JSON, and not an event: an object with an `id` and a `type`.
    NotAnEvent,
    /// The payload is a thin event: ask for a [`ThinEvent`](super::ThinEvent).
    Thin,
    /// The payload is not a thin event: ask for an [`Event`](super::Event).
    NotThin,
    /// The event is about another kind of object than the one asked for.
    OtherObject,
    /// The object in the event does not have the shape of its type. [`Error::path`] names the
    /// field; the JSON is still there.
    Decode,
}

impl ErrorKind {
    fn text(self) -> &'static str {
        match self {
            Self::BlankSecret => "the signing secret is blank",
            Self::NotASecret => "this is not a signing secret (whsec_…)",
            Self::NoTimestamp => "the signature header is missing, or holds no timestamp",
            Self::RepeatedTimestamp => "the signature header holds more than one timestamp",
            Self::MalformedTimestamp => {
                "the timestamp in the signature header is not a number of seconds"
            }
            Self::NoSignature => "the signature header holds no v1 signature",
            Self::MalformedSignature => {
                "the v1 signature in the signature header is not 64 lower-case hexadecimal digits"
            }
            Self::Mismatch => "no signature in the header fits the payload and the secret",
            Self::TooOld => "the signature is older than the tolerance",
            Self::FromFuture => "the signature is further in the future than the tolerance",
            Self::NotJson => "the payload is not JSON in UTF-8",
            Self::NotAnEvent => "the payload is not an event: a JSON object with an id and a type",
            Self::Thin => "the payload is a thin event, which has a type of its own",
            Self::NotThin => "the payload is not a thin event",
            Self::OtherObject => "the event is about another kind of object",
            Self::Decode => "the object in the event does not have the expected shape",
        }
    }
}

impl Error {
    pub(super) fn new(kind: ErrorKind) -> Self {
        Self {
            kind,
            reason: None,
            path: None,
            source: None,
        }
    }

    pub(super) fn because(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    pub(super) fn at(mut self, path: String) -> Self {
        self.path = Some(path);
        self
    }

    pub(super) fn caused_by(mut self, cause: &serde_json::Error) -> Self {
        self.source = Some(DecodeCause::new(cause));
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where in the payload the field stands that did not decode, for example
    /// `data.object.balance.as_of`.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.text())?;
        if let Some(reason) = self.reason {
            write!(f, ": it {reason}")?;
        }
        match &self.path {
            Some(path) => write!(f, " (at {})", Plain(path)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("reason", &self.reason)
            .field(
                "path",
                &self.path.as_deref().map(|path| Plain(path).to_string()),
            )
            .field("source", &self.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|cause| cause as _)
    }
}
