//! The connection of an account: broken, linked again, ended.

use super::unit::Work;
use crate::kinds::{Feature, Status};
use crate::ledger::Task;
use crate::objects::{AccountNumber, ExpectedDeactivation};
use crate::store::Row;

/// How long before a change is expected the warning is sent.
const WARNING_SECONDS: i64 = 30 * 86_400;

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
        self.expire_again(row);
        true
    }

    /// Announces that the connection will break. A warning is sent thirty days ahead.
    pub(crate) fn expect_deactivation(&mut self, row: Row, expected: ExpectedDeactivation) {
        self.ledger.accounts.get_mut(row).expected_deactivation = Some(expected);
        self.emit("expected_deactivation_date_updated", row);
        let (account, date) = (row, expected.date);
        let warning = date.saturating_sub(WARNING_SECONDS).max(self.now);
        let schedule = &mut self.ledger.schedule;
        schedule.at(warning, Task::WarnOfDeactivation { account, date });
        schedule.at(date, Task::Deactivate { account, date });
    }

    /// The bank replaces the account's number. A warning of its expiry is sent thirty days ahead.
    pub(crate) fn set_account_number(&mut self, row: Row, number: AccountNumber) {
        self.ledger.accounts.get_mut(row).account_number = Some(number);
        self.emit("account_numbers_updated", row);
        self.warn_of_expiry(row, number);
    }

    /// Schedules the warning of an account number's expiry.
    pub(crate) fn warn_of_expiry(&mut self, row: Row, number: AccountNumber) {
        if let Some(date) = number.expected_expiry_date {
            let due = date.saturating_sub(WARNING_SECONDS).max(self.now);
            let task = Task::WarnOfExpiry { account: row, date };
            self.ledger.schedule.at(due, task);
        }
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
