//! Verifying that a payload comes from the API.

use std::time::Duration;

use stripe_client_runtime::Timestamp;
use stripe_client_runtime::webhook::{self, Error, SigningSecret};

use super::event::Event;
use super::thin::ThinEvent;

/// Verifies the signature of a payload, and parses the event in it.
///
/// Create one at the start, and share it among the handlers.
///
/// ```no_run
/// # fn handler(body: &[u8], header: &str) -> Result<(), stripe_financial_connections::webhook::Error> {
/// use stripe_financial_connections::webhook::{SigningSecret, Verifier};
///
/// let verifier = Verifier::new(SigningSecret::new("whsec_…")?);
/// let event = verifier.verify(body, header)?;
/// println!("{} is {}", event.id(), event.kind());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Verifier(webhook::Verifier);

impl Verifier {
    /// A verifier of payloads that were signed with this secret, within five minutes of now.
    pub fn new(secret: SigningSecret) -> Self {
        Self(webhook::Verifier::new(secret))
    }

    /// Accepts payloads signed with this secret too: the old one while it is being replaced, or that
    /// of another endpoint at the same address.
    #[must_use]
    pub fn also_accept(self, secret: SigningSecret) -> Self {
        Self(self.0.also_accept(secret))
    }

    /// How old a signature may be, in whole seconds. Five minutes unless set.
    ///
    /// [`Duration::MAX`] accepts signatures of any age, and with them replayed requests: for payloads
    /// from storage, not for those that come in.
    #[must_use]
    pub fn tolerance(self, past: Duration) -> Self {
        Self(self.0.tolerance(past))
    }

    /// How far in the future the time of a signature may lie, in whole seconds: by how much this
    /// machine's clock may be slow. Five minutes unless set.
    #[must_use]
    pub fn tolerance_future(self, future: Duration) -> Self {
        Self(self.0.tolerance_future(future))
    }

    /// Verifies a payload, and parses it as an event.
    ///
    /// `payload` is the body as it came in, byte for byte; `header` the value of
    /// [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER), as a string, bytes or a `http::HeaderValue`.
    ///
    /// # Errors
    ///
    /// If the header or the signature is not right, or the payload is no event. The signature is
    /// verified before the payload is parsed. Objects are not decoded here: an event whose object has
    /// an unknown shape is an event.
    pub fn verify(&self, payload: &[u8], header: impl AsRef<[u8]>) -> Result<Event, Error> {
        self.0.verify(payload, header).map(Event::from)
    }

    /// Like [`verify`](Self::verify), as of another time than now.
    pub fn verify_at(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
        now: Timestamp,
    ) -> Result<Event, Error> {
        self.0.verify_at(payload, header, now).map(Event::from)
    }

    /// Verifies a payload, and parses it as a thin event.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify).
    pub fn verify_thin(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
    ) -> Result<ThinEvent, Error> {
        self.0.verify_thin(payload, header).map(ThinEvent::from)
    }

    /// Like [`verify_thin`](Self::verify_thin), as of another time than now.
    pub fn verify_thin_at(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
        now: Timestamp,
    ) -> Result<ThinEvent, Error> {
        self.0
            .verify_thin_at(payload, header, now)
            .map(ThinEvent::from)
    }
}
