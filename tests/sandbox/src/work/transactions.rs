//! Transactions, which transaction refreshes bring.

use std::collections::BTreeSet;

use super::unit::Work;
use crate::choices::TransactionOrder;
use crate::kinds::TransactionStatus;
use crate::objects::{News, Transaction};
use crate::store::Row;

impl Work<'_> {
    /// Applies the bank's news, as a successful refresh does.
    pub(crate) fn fetch_transactions(&mut self, row: Row) {
        let account = self.ledger.accounts.get_mut(row);
        account.has_transactions = true;
        let news = std::mem::take(&mut account.bank.news);
        let Some(refresh_id) = account
            .transaction_refresh
            .as_ref()
            .and_then(|last| last.id.clone())
        else {
            return;
        };
        let refresh = self.ledger.refreshes.push(&refresh_id, ());
        for item in news {
            match item {
                News::Transaction(new) => {
                    let at = new.transacted_at.unwrap_or(self.now);
                    let id = self.random.id("fctxn_", 24);
                    let first_seen = self.ledger.transactions.len();
                    let key = match self.settings.transaction_order {
                        TransactionOrder::TransactedAt => (at, first_seen),
                        TransactionOrder::FirstSeen => (0, first_seen),
                    };
                    let mut transaction = Transaction {
                        id: id.clone(),
                        account: row,
                        amount: new.amount,
                        description: new.description,
                        status: TransactionStatus::Pending,
                        posted_at: None,
                        void_at: None,
                        transacted_at: at,
                        refresh,
                        refresh_id: refresh_id.clone(),
                        updated: self.now,
                        key,
                    };
                    transaction.reach(new.status, at);
                    self.ledger.transactions.push(&id, transaction);
                    self.transactions_of(row).insert(key);
                }
                News::Status(changed, status) => {
                    let transaction = self.ledger.transactions.get_mut(changed);
                    transaction.reach(status, self.now);
                    transaction.updated = self.now;
                    transaction.refresh = refresh;
                    transaction.refresh_id.clone_from(&refresh_id);
                }
            }
        }
    }

    fn transactions_of(&mut self, row: Row) -> &mut BTreeSet<(i64, Row)> {
        &mut self.ledger.accounts.get_mut(row).transactions
    }
}
