//! How a pending refresh ends, and what it brings.

use super::unit::Work;
use crate::kinds::Feature;
use crate::objects::Balance;
use crate::store::Row;

impl Work<'_> {
    /// Ends a pending refresh, with the bank's data or with the planned failure.
    pub(crate) fn end_refresh(&mut self, row: Row, feature: Feature) {
        let failure = self.ledger.accounts.get_mut(row).bank.take_failure(feature);
        if failure.is_none() {
            match feature {
                Feature::Balance => {
                    let now = self.now;
                    let account = self.ledger.accounts.get_mut(row);
                    account.balance = account.bank.balance.map(|balance| Balance {
                        as_of: now,
                        current: balance.current,
                        available: balance.available,
                    });
                }
                Feature::Ownership => self.snapshot_owners(row),
                Feature::Transactions => self.fetch_transactions(row),
            }
        }
        self.close_refresh(row, feature, failure.is_none());
        if failure.is_some_and(|failure| failure.deactivates) {
            self.deactivate(row);
        }
    }

    /// Counts a retrieve of an account. It may end a pending refresh.
    pub(crate) fn seen(&mut self, account: Row) {
        for feature in Feature::ALL {
            let Some(refresh) = self.ledger.accounts.get_mut(account).refresh_mut(*feature) else {
                continue;
            };
            if !refresh.is_pending() {
                continue;
            }
            let Some(left) = &mut refresh.retrieves_left else {
                continue;
            };
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.end_refresh(account, *feature);
            }
        }
    }
}
