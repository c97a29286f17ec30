//! Whether the rows of a ledger that comes from outside point at rows that there are.

use super::tables::Ledger;
use crate::errors::{ControlError, ControlResult};
use crate::objects::News;
use crate::store::Row;

impl Ledger {
    /// Whether every reference is to a row that there is.
    pub(crate) fn check(&self) -> ControlResult<()> {
        let accounts = self.accounts.len();
        let transactions = self.transactions.len();
        let indexes = [
            &self.accounts_by_account,
            &self.accounts_by_customer,
            &self.accounts_by_customer_account,
            &self.accounts_by_session,
        ];
        let indexed = indexes
            .into_iter()
            .flat_map(|index| index.values().flatten());
        within("an account of an index", indexed.copied(), accounts)?;
        within("an account", self.all_accounts.iter().copied(), accounts)?;
        let scheduled = self.schedule.tasks().map(|task| task.account());
        within("a task's account", scheduled, accounts)?;
        let customers = self.customer_accounts.values().copied();
        within("a customer", customers, self.customers.len())?;
        for account in self.accounts.rows() {
            let listed = account.transactions.iter().map(|(_, row)| *row);
            within("a transaction", listed, transactions)?;
            let changed = account.bank.news.iter().filter_map(|news| match news {
                News::Status(row, _) => Some(*row),
                News::Transaction(_) => None,
            });
            within("a transaction to change", changed, transactions)?;
        }
        for transaction in self.transactions.rows() {
            let account = [transaction.account];
            within("a transaction's account", account, accounts)?;
        }
        for ownership in self.ownerships.rows() {
            within("an ownership's account", [ownership.account], accounts)?;
        }
        Ok(())
    }
}

fn within(what: &str, rows: impl IntoIterator<Item = Row>, count: usize) -> ControlResult<()> {
    match rows.into_iter().find(|row| *row >= count) {
        Some(row) => Err(ControlError::new(format!(
            "{what} is number {row} of {count}: the state is damaged"
        ))),
        None => Ok(()),
    }
}
