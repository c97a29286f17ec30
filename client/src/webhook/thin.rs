//! Thin events: what happened, and where to find the object.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use stripe_client_runtime::webhook::{self, Error};
use stripe_client_runtime::{Error as RequestError, Response};

use crate::generated::Client;
use crate::generated::types::Account;

use super::thin_type::ThinEventType;

/// A thin event: what happened, and where to find the object, which is not in it.
///
/// Only the id and the type have to be there; everything else is parsed when it is asked for. The
/// JSON is always there, whole. It derefs to the thin event of any part of the API, which has the
/// other accessors. It is stored and reloaded like an [`Event`](super::Event).
///
/// ```no_run
/// # use stripe_financial_connections::{Client, webhook::{ThinEventType, Verifier}};
/// # async fn handler(verifier: Verifier, client: Client, body: &[u8], header: &str)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// let event = verifier.verify_thin(body, header)?;
/// if *event.kind() == ThinEventType::AccountRefreshedBalance {
///     let account = event.fetch_account(&client).await?;
///     println!("{:?}", account.id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ThinEvent {
    kind: ThinEventType,
    event: webhook::ThinEvent,
}

impl ThinEvent {
    /// Parses a thin event **without verifying where it comes from**. See
    /// [`Event::from_slice_unverified`](super::Event::from_slice_unverified).
    ///
    /// # Errors
    ///
    /// If it is no thin event.
    pub fn from_slice_unverified(json: &[u8]) -> Result<Self, Error> {
        webhook::ThinEvent::from_slice_unverified(json).map(Self::from)
    }

    /// What happened. Which kinds are sent depends on the version of the API: see [`ThinEventType`].
    pub fn kind(&self) -> &ThinEventType {
        &self.kind
    }

    /// Fetches the event itself, with the data that the delivery leaves out.
    ///
    /// # Errors
    ///
    /// If the request fails, or what it answers is no such event.
    pub async fn fetch_event(&self, client: &Client) -> Result<Response<Self>, RequestError> {
        let event = self.event.fetch_event(client).await?;
        Ok(event.map(Self::from))
    }

    /// Fetches the account that the event is about, as it is now.
    ///
    /// # Errors
    ///
    /// If the event is not about an account, or the request fails.
    pub async fn fetch_account(&self, client: &Client) -> Result<Response<Account>, RequestError> {
        let related = self.related_object_of(Account::OBJECT)?;
        let request = client.accounts().retrieve(related.id);
        match self.context() {
            Some(context) => request.stripe_context(context).await,
            None => request.await,
        }
    }

    /// The whole event, owned.
    pub fn into_fields(self) -> Map<String, Value> {
        self.event.into_fields()
    }
}

impl From<webhook::ThinEvent> for ThinEvent {
    fn from(event: webhook::ThinEvent) -> Self {
        Self {
            kind: ThinEventType::from(event.kind()),
            event,
        }
    }
}

impl Deref for ThinEvent {
    type Target = webhook::ThinEvent;

    fn deref(&self) -> &webhook::ThinEvent {
        &self.event
    }
}

impl fmt::Debug for ThinEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.event.fmt(f)
    }
}

/// Reads a stored event, **without verifying where it comes from**.
impl<'de> Deserialize<'de> for ThinEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        webhook::ThinEvent::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for ThinEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.event.serialize(serializer)
    }
}
