//! Snapshots of owners, which ownership refreshes bring.

use super::unit::Work;
use crate::objects::{Owner, Ownership};
use crate::store::Row;

impl Work<'_> {
    /// Makes a snapshot of the bank's owners, and points the account at it.
    pub(crate) fn snapshot_owners(&mut self, row: Row) {
        let account = self.ledger.accounts.get(row);
        let known = &account.bank.owners;
        if !self.settings.ownership_id_always_new
            && let Some(newest) = &account.ownership
            && let Some(at) = self.ledger.ownerships.find(newest)
        {
            let ownership = self.ledger.ownerships.get_mut(at);
            if ownership.owners.iter().map(|owner| &owner.known).eq(known) {
                ownership.refreshed = self.now;
                return;
            }
        }
        let id = self.random.id("fcaowns_", 24);
        let owners = known
            .iter()
            .map(|known| Owner {
                id: self.random.id("fcaown_", 24),
                known: known.clone(),
            })
            .collect();
        self.ledger.ownerships.push(
            &id,
            Ownership {
                id: id.clone(),
                account: row,
                created: self.now,
                refreshed: self.now,
                owners,
            },
        );
        self.ledger.accounts.get_mut(row).ownership = Some(id);
    }
}
