//! The control handle, and the tenant that it acts on.

use std::sync::Arc;

use parking_lot::MutexGuard;

use crate::errors::{ControlError, ControlResult};
use crate::limits::ACCOUNTS_A_TURN;
use crate::store::{Row, Tenant};
use crate::work::Work;
use crate::world::Shared;

/// The control handle of a sandbox. It can be cloned, and acts on one tenant: the platform in test
/// mode, unless another was chosen.
#[derive(Clone)]
pub struct Control {
    pub(super) shared: Arc<Shared>,
    pub(super) tenant: Tenant,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Control")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

impl Control {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let tenant = shared.world().platform();
        Self { shared, tenant }
    }

    /// Changes the tenant's data, and has the events delivered.
    pub(super) fn work<T>(&self, change: impl FnOnce(&mut Work<'_>) -> T) -> T {
        let mut world = self.shared.world();
        let result = change(&mut world.work(&self.tenant, None));
        drop(world);
        self.shared.stirred.notify_one();
        result
    }

    /// Does something this many times. Others have their turn meanwhile.
    pub(super) fn in_turns(&self, times: usize, mut act: impl FnMut(&mut Work<'_>, usize)) {
        let mut world = self.shared.world();
        for first in (0..times).step_by(ACCOUNTS_A_TURN) {
            let mut work = world.work(&self.tenant, None);
            for at in first..times.min(first + ACCOUNTS_A_TURN) {
                act(&mut work, at);
            }
            MutexGuard::bump(&mut world);
        }
        drop(world);
        self.shared.stirred.notify_one();
    }

    /// Visits every account that there is now, oldest first.
    pub(super) fn on_all_accounts(&self, mut visit: impl FnMut(&mut Work<'_>, Row)) {
        let all = self.work(|work| work.ledger.accounts.len());
        self.in_turns(all, |work, row| {
            // Meanwhile the sandbox may have gone back to a state of fewer accounts.
            if row < work.ledger.accounts.len() {
                visit(work, row);
            }
        });
    }

    /// Changes an account of the tenant.
    pub(super) fn on_account<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Work<'_>, Row) -> T,
    ) -> ControlResult<T> {
        self.work(|work| match work.ledger.accounts.find(id) {
            Some(row) => Ok(change(work, row)),
            None => Err(ControlError::new(format!("there is no account {id} here"))),
        })
    }

    /// The same for the data of a connected account of Stripe, which requests reach with the
    /// `Stripe-Account` header.
    #[must_use]
    pub fn for_account(&self, id: impl Into<String>) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            tenant: Tenant {
                account: id.into(),
                ..self.tenant.clone()
            },
        }
    }

    /// The same in live mode, which requests reach with a key of
    /// [`KeyKind::Live`](crate::KeyKind::Live).
    #[must_use]
    pub fn in_live_mode(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            tenant: Tenant {
                livemode: true,
                ..self.tenant.clone()
            },
        }
    }
}
