//! What will happen by itself when the clock gets there.

use std::collections::BTreeMap;

use crate::kinds::Feature;
use crate::store::Row;
use crate::work::Work;

/// Something that happens at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Task {
    /// A refresh ends, if this attempt of it is still pending.
    EndRefresh {
        account: Row,
        feature: Feature,
        attempt: u64,
    },
    /// A subscribed account is refreshed, about daily.
    DailyRefresh { account: Row, subscription: u64 },
    /// The warning, thirty days ahead.
    WarnOfDeactivation { account: Row, date: i64 },
    /// The warning of an account number's expiry, thirty days ahead.
    WarnOfExpiry { account: Row, date: i64 },
    /// An expected deactivation comes true.
    Deactivate { account: Row, date: i64 },
}

/// Tasks by their time, then in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    tasks: BTreeMap<(i64, u64), Task>,
    made: u64,
}

impl Schedule {
    pub(crate) fn at(&mut self, due: i64, task: Task) {
        self.made += 1;
        self.tasks.insert((due, self.made), task);
    }

    /// The first task that is due, with its time.
    pub(crate) fn take_due(&mut self, now: i64) -> Option<(i64, Task)> {
        let entry = self.tasks.first_entry()?;
        let (due, _) = *entry.key();
        (due <= now).then(|| (due, entry.remove()))
    }
}

impl Work<'_> {
    pub(crate) fn run(&mut self, task: Task) {
        match task {
            Task::EndRefresh {
                account,
                feature,
                attempt,
            } => {
                let pending = self
                    .ledger
                    .accounts
                    .get(account)
                    .refresh(feature)
                    .is_some_and(|refresh| refresh.is_pending() && refresh.attempt == attempt);
                if pending {
                    self.end_refresh(account, feature);
                }
            }
            Task::DailyRefresh {
                account,
                subscription,
            } => self.daily_refresh(account, subscription),
            Task::WarnOfDeactivation { account, date } => {
                if self.expects_deactivation(account, date) {
                    self.emit("upcoming_deactivation", account);
                }
            }
            Task::WarnOfExpiry { account, date } => {
                let number = self.ledger.accounts.get(account).account_number;
                if number.is_some_and(|number| number.expected_expiry_date == Some(date)) {
                    self.emit("upcoming_account_number_expiry", account);
                }
            }
            Task::Deactivate { account, date } => {
                if self.expects_deactivation(account, date) {
                    self.deactivate(account);
                }
            }
        }
    }

    fn expects_deactivation(&self, account: Row, date: i64) -> bool {
        let account = self.ledger.accounts.get(account);
        account
            .expected_deactivation
            .is_some_and(|expected| expected.date == date)
    }
}
