//! The state as it is written to a file.

use serde::{Deserialize, Serialize};

use super::state::World;
use crate::errors::{ControlError, ControlResult};
use crate::ledger::Ledger;
use crate::settings::Settings;
use crate::store::Tenant;
use crate::system::{Clock, Random};
use crate::traffic::KeyKind;
use crate::webhooks::Endpoint;

/// The number of this form. Another one is another form.
const FORMAT: u32 = 1;

/// The state as it is written to a file: everything but pending faults and deliveries, and what is
/// kept under idempotency keys.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Saved {
    format: u32,
    settings: Settings,
    clock: Clock,
    random: Random,
    keys: Vec<(String, KeyKind)>,
    stripe_accounts: Vec<String>,
    ledgers: Vec<(Tenant, Ledger)>,
    endpoints: Vec<Endpoint>,
}

impl World {
    /// What of a snapshot goes into a file.
    pub(crate) fn into_saved(self) -> Saved {
        Saved {
            format: FORMAT,
            settings: (*self.settings).clone(),
            clock: self.clock,
            random: self.random,
            keys: self.keys.into_all(),
            stripe_accounts: self.stripe_accounts,
            ledgers: self.ledgers.into_iter().collect(),
            endpoints: self.webhooks.endpoints,
        }
    }

    /// The state of a file, which anybody may have edited.
    pub(crate) fn from_saved(saved: Saved) -> ControlResult<Self> {
        if saved.format != FORMAT {
            return Err(ControlError::new(format!(
                "the state has the form {}, and this sandbox reads {FORMAT}",
                saved.format
            )));
        }
        if saved.stripe_accounts.is_empty() {
            return Err(ControlError::new("the state lacks the platform's account"));
        }
        saved.settings.check()?;
        for (_, ledger) in &saved.ledgers {
            ledger.check()?;
        }
        let mut world = Self::new(0, saved.settings, saved.clock);
        world.random = saved.random;
        for (key, kind) in saved.keys {
            world.keys.insert(key, kind);
        }
        world.stripe_accounts = saved.stripe_accounts;
        world.ledgers = saved.ledgers.into_iter().collect();
        for endpoint in &saved.endpoints {
            endpoint.new.check()?;
        }
        world.webhooks.endpoints = saved.endpoints;
        Ok(world)
    }
}
