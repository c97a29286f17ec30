//! Running scheduled tasks, once they are due.

use super::unit::Work;
use crate::kinds::{Feature, Status};
use crate::ledger::Task;
use crate::limits::TASKS_A_TURN;
use crate::store::Row;

/// How long events can be listed.
const EVENTS_SECONDS: i64 = 30 * 86_400;

impl Work<'_> {
    /// Runs tasks that are due, in their order: a turn of them, so that others have theirs.
    pub(crate) fn settle(&mut self) {
        let until = self.now;
        for _ in 0..TASKS_A_TURN {
            let Some((due, task)) = self.ledger.schedule.take_due(until) else {
                break;
            };
            // A task runs at its own time, and may schedule more before `until`.
            self.now = due;
            self.run(task);
        }
        self.now = until;
        let oldest = until.saturating_sub(EVENTS_SECONDS);
        self.ledger
            .events
            .drop_while(|event| event.created < oldest);
    }

    fn run(&mut self, task: Task) {
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
            Task::Break { account } => {
                self.deactivate(account);
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

    /// The daily refresh of a subscribed account, while it is subscribed and active.
    fn daily_refresh(&mut self, row: Row, subscription: u64) {
        let account = self.ledger.accounts.get(row);
        if account.subscription != Some(subscription) || account.status != Status::Active {
            return;
        }
        if self.is_due(row, Feature::Transactions) {
            self.spend(row);
            self.start_refresh(row, Feature::Transactions);
        }
        self.schedule_daily(row, subscription);
    }
}
