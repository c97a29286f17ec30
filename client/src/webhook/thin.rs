//! Thin events: what happened, and where to find the object.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use stripe_client_runtime::webhook::{self, Error};
use stripe_client_runtime::{Error as RequestError, Response};

use crate::generated::Client;
use crate::generated::types::Account;

/// A thin event: what happened, and where to find the object, which is not in it.
///
/// Only the id and the type have to be there; everything else is parsed when it is asked for. The
/// JSON is always there, whole. It derefs to the thin event of any part of the API, which has the
/// other accessors.
///
/// ```no_run
/// # use stripe_financial_connections::{Client, webhook::Verifier};
/// # async fn handler(verifier: Verifier, client: Client, body: &[u8], header: &str)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// let event = verifier.verify_thin(body, header)?;
/// if event.kind() == "v1.financial_connections.account.refreshed_balance" {
///     let account = event.fetch_account(&client).await?;
///     println!("{:?}", account.id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ThinEvent(webhook::ThinEvent);

impl ThinEvent {
    /// Parses a thin event **without verifying where it comes from**. See
    /// [`Event::from_slice_unverified`](super::Event::from_slice_unverified).
    ///
    /// # Errors
    ///
    /// If it is no thin event.
    pub fn from_slice_unverified(json: &[u8]) -> Result<Self, Error> {
        webhook::ThinEvent::from_slice_unverified(json).map(Self)
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
        self.0.into_fields()
    }
}

impl From<webhook::ThinEvent> for ThinEvent {
    fn from(event: webhook::ThinEvent) -> Self {
        Self(event)
    }
}

impl Deref for ThinEvent {
    type Target = webhook::ThinEvent;

    fn deref(&self) -> &webhook::ThinEvent {
        &self.0
    }
}

impl fmt::Debug for ThinEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for ThinEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
