//! Webhook endpoints: which events they get, and in which form.

use serde_json::Value;

use super::target::target;
use crate::api::{Document, version};
use crate::choices::VersionPolicy;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::EventStyle;
use crate::limits::COPIES;
use crate::objects::Event;
use crate::store::Tenant;

/// An endpoint to register.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct NewEndpoint {
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
    pub(crate) events: Vec<String>,
    pub(crate) api_version: String,
    pub(crate) style: EventStyle,
    pub(crate) copies: u32,
    pub(crate) shuffled: bool,
    pub(crate) connect: bool,
}

impl NewEndpoint {
    /// An endpoint at this address, for snapshots of every event in the pinned version.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            secret: None,
            events: Vec::new(),
            api_version: Document::get().version().to_owned(),
            style: EventStyle::Snapshot,
            copies: 1,
            shuffled: false,
            connect: false,
        }
    }

    /// Whether events can be delivered to it as it asks.
    pub(crate) fn check(&self) -> ControlResult<()> {
        if target(&self.url).is_none() {
            return Err(ControlError::new(format!(
                "events are delivered to addresses like http://127.0.0.1:4000/hook or \
                 https://localhost/hook, and not to {}",
                self.url
            )));
        }
        if !(1..=COPIES).contains(&self.copies) {
            return Err(ControlError::new(format!(
                "`copies` must be from 1 to {COPIES}, and is {}",
                self.copies
            )));
        }
        if self
            .secret
            .as_ref()
            .is_some_and(|secret| secret.is_empty() || secret.len() > 255)
        {
            return Err(ControlError::new("`secret` must have 1 to 255 characters"));
        }
        version::check(&self.api_version, VersionPolicy::Released)
            .map_err(|error| ControlError::new(format!("`api_version`: {}", error.message)))
    }

    /// With this signing secret; otherwise with a generated one.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Only for these types of events.
    #[must_use]
    pub fn events(mut self, types: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.events = types.into_iter().map(Into::into).collect();
        self
    }

    /// In this API version, which is the endpoint's and not the one of any request.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = version.into();
        self
    }

    /// For events of this style.
    #[must_use]
    pub const fn style(mut self, style: EventStyle) -> Self {
        self.style = style;
        self
    }

    /// With every event sent this many times, at least once.
    #[must_use]
    pub const fn copies(mut self, copies: u32) -> Self {
        self.copies = copies;
        self
    }

    /// With events that are due together sent in random order.
    #[must_use]
    pub const fn shuffled(mut self) -> Self {
        self.shuffled = true;
        self
    }

    /// For the events of connected accounts instead of the platform's own.
    #[must_use]
    pub const fn connect(mut self) -> Self {
        self.connect = true;
        self
    }
}

/// A registered endpoint.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Endpoint {
    pub(crate) id: String,
    pub(crate) tenant: Tenant,
    pub(crate) new: NewEndpoint,
    /// Newest first; several while secrets are rolled.
    pub(crate) secrets: Vec<String>,
}

impl Endpoint {
    pub(crate) fn wants(&self, tenant: &Tenant, kind: &str) -> bool {
        let whose = if self.new.connect {
            tenant.livemode == self.tenant.livemode && tenant.account != self.tenant.account
        } else {
            *tenant == self.tenant
        };
        let events = &self.new.events;
        whose && (events.is_empty() || events.iter().any(|wanted| wanted == kind || wanted == "*"))
    }

    pub(crate) fn body(&self, event: &Event, tenant: &Tenant) -> Value {
        match self.new.style {
            EventStyle::Snapshot => event.snapshot(tenant, self.new.connect, &self.new.api_version),
            EventStyle::Thin => event.thin(tenant, self.new.connect, &self.new.api_version),
        }
    }
}
