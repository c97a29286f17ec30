//! Webhook events: signature verification and parsing.
//!
//! A [`Verifier`] checks that a payload comes from the API and parses it; receiving it is left to the
//! web framework of your choice. It takes the body, byte for byte, and the value of the header
//! [`SIGNATURE_HEADER`]:
//!
//! ```
//! # use stripe_client_runtime::webhook::{Error, SigningSecret, Verifier, testing};
//! fn receive(verifier: &Verifier, body: &[u8], header: &str) -> Result<(), Error> {
//!     let event = verifier.verify(body, header)?;
//!     match event.kind() {
//!         "customer.deleted" => println!("{:?}", event.object()),
//!         other => println!("nothing to do for {other}"),
//!     }
//!     Ok(())
//! }
//! # let secret = SigningSecret::new("whsec_test")?;
//! # let body = br#"{"id":"evt_1","object":"event","type":"ping"}"#;
//! # let now = stripe_client_runtime::Timestamp::from(std::time::SystemTime::now());
//! # let header = testing::sign(body, &secret, now);
//! # receive(&Verifier::new(secret), body, &header)?;
//! # Ok::<(), Error>(())
//! ```
//!
//! Respond with 2xx once the event is safe, and with 400 if it is rejected. What an [`Error`] says is
//! for the log: it holds neither the payload nor the secret.
//!
//! An event may be delivered **twice**, and **in any order**. Remember the ids of those that were
//! processed ([`Event::id`]); where the order matters, fetch the object as it is now instead of using
//! the one in the event.
//!
//! Parsing an event requires only its id and its type, so that nothing unforeseen loses it.
//! [`Event::object_as`] decodes the object; [`Event::object`] has its JSON in any case.
//!
//! Newer endpoints can be set up for thin events, which name the object instead of holding it: see
//! [`Verifier::verify_thin`] and [`ThinEvent`].
//!
//! While a secret is being replaced, the API signs with both, and
//! [`also_accept`](Verifier::also_accept) checks with both. [`testing::sign`] signs payloads for tests
//! of your handler.

mod envelope;
mod error;
mod event;
mod event_id;
mod header;
mod secret;
pub mod testing;
mod thin;
mod verifier;

pub use error::{Error, ErrorKind};
pub use event::Event;
pub use event_id::EventId;
pub use secret::SigningSecret;
pub use thin::{RelatedObject, ThinEvent};
pub use verifier::{SIGNATURE_HEADER, Verifier};
