//! A refresh from its start to its end, whatever it brings.

use super::unit::Work;
use crate::kinds::{Feature, RefreshStatus, Status};
use crate::ledger::Task;
use crate::objects::Refresh;
use crate::store::Row;

const DAY: i64 = 86_400;

impl Work<'_> {
    /// Whether a refresh can start: none is pending, and the cooldown of the last one is over.
    pub(crate) fn is_due(&self, row: Row, feature: Feature) -> bool {
        self.ledger
            .accounts
            .get(row)
            .refresh(feature)
            .is_none_or(|last| match last.next_available {
                Some(next) => next <= self.now,
                None => !last.is_pending(),
            })
    }

    pub(crate) fn start_refresh(&mut self, row: Row, feature: Feature) {
        let attempt = self.random.next();
        let id = (feature == Feature::Transactions).then(|| self.random.id("fctxnref_", 24));
        *self.ledger.accounts.get_mut(row).refresh_slot(feature) = Some(Refresh {
            id,
            attempted: self.now,
            next_available: None,
            status: RefreshStatus::Pending,
            attempt,
            retrieves_left: self.settings.refresh_retrieves,
        });
        if let Some(seconds) = self.settings.refresh_seconds {
            self.ledger.schedule.at(
                self.now.saturating_add(seconds),
                Task::EndRefresh {
                    account: row,
                    feature,
                    attempt,
                },
            );
        }
    }

    /// The refreshes of an account that have not ended.
    pub(crate) fn pending_refreshes(&self, row: Row) -> Vec<Feature> {
        let account = self.ledger.accounts.get(row);
        let pending = |of: &Feature| account.refresh(*of).is_some_and(Refresh::is_pending);
        Feature::ALL.iter().copied().filter(pending).collect()
    }

    /// Marks a refresh as ended. The event is recorded after the account shows it.
    pub(crate) fn close_refresh(&mut self, row: Row, feature: Feature, succeeded: bool) {
        let cooldown = self.settings.refresh_cooldown_seconds;
        let account = self.ledger.accounts.get_mut(row);
        let active = account.status == Status::Active;
        if let Some(refresh) = account.refresh_mut(feature) {
            refresh.status = if succeeded {
                RefreshStatus::Succeeded
            } else {
                RefreshStatus::Failed
            };
            refresh.next_available = active.then(|| refresh.attempted.saturating_add(cooldown));
        }
        self.emit(
            match feature {
                Feature::Balance => "refreshed_balance",
                Feature::Ownership => "refreshed_ownership",
                Feature::Transactions => "refreshed_transactions",
            },
            row,
        );
    }

    pub(crate) fn schedule_daily(&mut self, account: Row, subscription: u64) {
        self.ledger.schedule.at(
            self.now.saturating_add(DAY),
            Task::DailyRefresh {
                account,
                subscription,
            },
        );
    }
}
