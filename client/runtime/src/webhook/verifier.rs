//! Checking that a payload comes from the API.

use std::time::Duration;

use super::error::{Error, ErrorKind};
use super::event::Event;
use super::header::Header;
use super::secret::SigningSecret;
use super::thin::ThinEvent;
use crate::system::{Clock, SystemClock};
use crate::types::Timestamp;

/// The name of the header that carries the signatures, in lower case.
pub const SIGNATURE_HEADER: &str = "stripe-signature";

/// How far the time of a signature may be off, unless set otherwise: what the vendor's own
/// libraries allow.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Checks the signature of a payload, and reads the event in it.
///
/// Make one at the start, and share it among the handlers.
///
/// ```no_run
/// # use stripe_client_runtime::webhook::{Error, SigningSecret, Verifier};
/// # fn handler(body: &[u8], header: &str) -> Result<(), Error> {
/// let verifier = Verifier::new(SigningSecret::new("whsec_…")?);
/// let event = verifier.verify(body, header)?;
/// println!("{} is {}", event.id(), event.kind());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    secrets: Vec<SigningSecret>,
    past: Duration,
    future: Duration,
}

impl Verifier {
    /// A verifier of payloads that were signed with this secret, within five minutes of now.
    pub fn new(secret: SigningSecret) -> Self {
        Self {
            secrets: vec![secret],
            past: TOLERANCE,
            future: TOLERANCE,
        }
    }

    /// Takes payloads signed with this secret too: the old one while it is being replaced, or that
    /// of another endpoint at the same address.
    #[must_use]
    pub fn also_accept(mut self, secret: SigningSecret) -> Self {
        self.secrets.push(secret);
        self
    }

    /// How old a signature may be, in whole seconds. Five minutes unless set.
    ///
    /// [`Duration::MAX`] takes signatures of any age, and with them copies of old requests: for
    /// payloads that were kept, not for those that come in.
    #[must_use]
    pub fn tolerance(mut self, past: Duration) -> Self {
        self.past = past;
        self
    }

    /// How far in the future the time of a signature may lie, in whole seconds: by how much this
    /// machine's clock may be slow. Five minutes unless set.
    #[must_use]
    pub fn tolerance_future(mut self, future: Duration) -> Self {
        self.future = future;
        self
    }

    /// Checks a payload, and reads it as an event.
    ///
    /// `payload` is the body as it came in, to the byte; `header` the value of
    /// [`SIGNATURE_HEADER`], as a text, bytes or a `http::HeaderValue`.
    ///
    /// # Errors
    ///
    /// When the header or the signature is not right, or the payload is no event. The signature is
    /// checked before the payload is read. Objects are not read here: an event whose object has an
    /// unknown shape is an event.
    pub fn verify(&self, payload: &[u8], header: impl AsRef<[u8]>) -> Result<Event, Error> {
        self.verify_at(payload, header, now())
    }

    /// Like [`verify`](Self::verify), as of another time than now.
    pub fn verify_at(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
        now: Timestamp,
    ) -> Result<Event, Error> {
        self.check(payload, header.as_ref(), now)?;
        Event::parse(payload)
    }

    /// Checks a payload, and reads it as a thin event.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify).
    pub fn verify_thin(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
    ) -> Result<ThinEvent, Error> {
        self.verify_thin_at(payload, header, now())
    }

    /// Like [`verify_thin`](Self::verify_thin), as of another time than now.
    pub fn verify_thin_at(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
        now: Timestamp,
    ) -> Result<ThinEvent, Error> {
        self.check(payload, header.as_ref(), now)?;
        ThinEvent::parse(payload)
    }

    /// The signature first, then the time: without a valid signature nothing is told of this clock.
    fn check(&self, payload: &[u8], header: &[u8], now: Timestamp) -> Result<(), Error> {
        let header = Header::parse(header)?;
        let mut secrets = self.secrets.iter();
        if !secrets.any(|it| it.fits(header.timestamp, payload, &header.signatures)) {
            return Err(Error::new(ErrorKind::Mismatch));
        }
        let age = i128::from(now.as_unix_seconds()) - i128::from(header.seconds);
        if age > i128::from(self.past.as_secs()) {
            return Err(Error::new(ErrorKind::TooOld));
        }
        if -age > i128::from(self.future.as_secs()) {
            return Err(Error::new(ErrorKind::FromFuture));
        }
        Ok(())
    }
}

fn now() -> Timestamp {
    Timestamp::from(SystemClock.system_time())
}
