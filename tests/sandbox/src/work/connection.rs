//! The connection of an account: broken, linked again, ended.

use super::unit::Work;
use crate::kinds::{Feature, Status};
use crate::store::Row;

impl Work<'_> {
    /// Disconnects the account. Pending refreshes fail.
    pub(crate) fn disconnect(&mut self, row: Row) {
        let account = self.ledger.accounts.get_mut(row);
        account.status = Status::Disconnected;
        account.subscription = None;
        self.end_refreshing(row);
        self.emit("disconnected", row);
    }

    /// The connection breaks. Says whether the account was active.
    pub(crate) fn deactivate(&mut self, row: Row) -> bool {
        let account = self.ledger.accounts.get_mut(row);
        if account.status != Status::Active {
            return false;
        }
        account.status = Status::Inactive;
        account.expected_deactivation = None;
        self.end_refreshing(row);
        self.emit("deactivated", row);
        true
    }

    /// The user links again. Says whether the account was inactive.
    pub(crate) fn reactivate(&mut self, row: Row) -> bool {
        let account = self.ledger.accounts.get_mut(row);
        if account.status != Status::Inactive {
            return false;
        }
        account.status = Status::Active;
        if account.subscription.is_some() {
            // A new number, so that a daily refresh left over from before does not count as well.
            let subscription = self.random.next();
            account.subscription = Some(subscription);
            self.schedule_daily(row, subscription);
        }
        self.emit("reactivated", row);
        true
    }

    /// Pending refreshes fail with the connection, and none is available until it is back.
    fn end_refreshing(&mut self, row: Row) {
        for feature in Feature::ALL {
            let Some(refresh) = self.ledger.accounts.get_mut(row).refresh_mut(*feature) else {
                continue;
            };
            refresh.next_available = None;
            if refresh.is_pending() {
                self.close_refresh(row, *feature, false);
            }
        }
    }
}
