//! Webhook events: signature verification and parsing.
//!
//! Data is fetched in the background, and an event says when it is there. This module checks that a
//! payload comes from the API and reads it; receiving it is left to the web framework of your
//! choice. Turn on the feature `webhook`.
//!
//! # Receiving
//!
//! A [`Verifier`] takes the body, to the byte, and the value of the header [`SIGNATURE_HEADER`]:
//!
//! ```
//! use stripe_financial_connections::types::EventType;
//! use stripe_financial_connections::webhook::{Error, SigningSecret, Verifier};
//!
//! fn receive(verifier: &Verifier, body: &[u8], header: &str) -> Result<(), Error> {
//!     let event = verifier.verify(body, header)?;
//!     match event.kind() {
//!         EventType::AccountRefreshedBalance => {
//!             let account = event.account()?;
//!             println!("{} holds {:?}", account.id, account.balance);
//!         }
//!         EventType::AccountDisconnected => println!("{} is gone", event.account()?.id),
//!         other => println!("nothing to do for {other}"),
//!     }
//!     Ok(())
//! }
//! # use stripe_financial_connections::{Timestamp, webhook::testing};
//! # let secret = SigningSecret::new("whsec_test")?;
//! # let body = br#"{"id":"evt_1","object":"event","type":"ping"}"#;
//! # let now = Timestamp::from(std::time::SystemTime::now());
//! # let header = testing::sign(body, &secret, now);
//! # receive(&Verifier::new(secret), body, &header)?;
//! # Ok::<(), Error>(())
//! ```
//!
//! Answer 2xx once the event is safe, and 400 when it is refused. What an [`Error`] says is for the
//! log: it holds neither the payload nor the secret.
//!
//! An event may be delivered **twice**, and **in any order**. Remember the ids of those you have
//! dealt with (its `id()`); where the order matters, fetch the object as it is now rather than
//! use the one in the event. `examples/webhook.rs` shows the whole of it.
//!
//! # What an event holds
//!
//! Reading an event asks only for its id and its type, so that nothing unforeseen loses it. An
//! event of a type that this version does not know is an [`Event`]; so is one whose object has
//! another shape, because the endpoint was made for another version of the API
//! ([`Event::matches_pinned_version`]):
//!
//! ```
//! use stripe_financial_connections::webhook::{ErrorKind, Event};
//!
//! let event = Event::from_slice_unverified(
//!     br#"{
//!         "id": "evt_1",
//!         "object": "event",
//!         "type": "financial_connections.account.renamed",
//!         "api_version": "2031-01-01.future",
//!         "data": {"object": {"object": "financial_connections.account", "id": 7}}
//!     }"#,
//! )?;
//! assert_eq!(event.kind().as_str(), "financial_connections.account.renamed");
//! assert!(!event.matches_pinned_version());
//!
//! let error = event.account().unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Decode);
//! assert_eq!(error.path(), Some("data.object.id"));
//! assert_eq!(event.object().and_then(|it| it["id"].as_i64()), Some(7));
//! # Ok::<(), stripe_financial_connections::webhook::Error>(())
//! ```
//!
//! # Thin events
//!
//! Newer endpoints can be set up for thin events, which name the object instead of holding it. They
//! have a type of their own, [`ThinEvent`], which comes from [`Verifier::verify_thin`] and fetches
//! the object:
//!
//! ```no_run
//! # use stripe_financial_connections::{Client, webhook::{ThinEventType, Verifier}};
//! # async fn receive(verifier: Verifier, client: Client, body: &[u8], header: &str)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! let event = verifier.verify_thin(body, header)?;
//! if *event.kind() == ThinEventType::AccountRefreshedBalance {
//!     let account = event.fetch_account(&client).await?;
//!     println!("{:?}", account.balance_refresh);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`ThinEventType`] says which kinds are sent at which version of the API: the end of a refresh has
//! other kinds from 2026-10-28 on.
//!
//! # Storing events
//!
//! Events implement `Serialize` and `Deserialize`, so that a verified one can wait in a queue or a table:
//! it comes back without loss. Reading a stored event verifies nothing.
//!
//! # A new secret
//!
//! While a secret is being replaced, the API signs with both. So may you check with both:
//!
//! ```
//! use stripe_financial_connections::webhook::{SigningSecret, Verifier};
//!
//! let verifier = Verifier::new(SigningSecret::new("whsec_new")?)
//!     .also_accept(SigningSecret::new("whsec_old")?);
//! # drop(verifier);
//! # Ok::<(), stripe_financial_connections::webhook::Error>(())
//! ```
//!
//! # Testing a handler
//!
//! [`testing::sign`] signs a payload of yours as the API would.

mod event;
mod thin;
mod thin_type;
mod verifier;

pub use event::Event;
#[doc(inline)]
pub use stripe_client_runtime::webhook::{
    Error, ErrorKind, EventId, RelatedObject, SIGNATURE_HEADER, SigningSecret, testing,
};
pub use thin::ThinEvent;
pub use thin_type::ThinEventType;
pub use verifier::Verifier;
