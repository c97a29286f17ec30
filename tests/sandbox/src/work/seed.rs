//! Seeding: data that is there from the start, in bulk or the program's defaults.

use super::unit::Work;
use crate::kinds::{AccountKind, Feature, Permission};
use crate::objects::{Holder, NewAccount};

/// The number of accounts of each customer, in bulk.
const ACCOUNTS_A_CUSTOMER: usize = 20;

impl Work<'_> {
    /// Links an account of many. Nothing of it was fetched yet. Some in a row are of one customer.
    pub(crate) fn seed_account(&mut self, at: usize, customer: &mut String) {
        self.emits = false;
        if at.is_multiple_of(ACCOUNTS_A_CUSTOMER) {
            *customer = self.seed_customer();
        }
        let kind = AccountKind::ALL[at % AccountKind::ALL.len()];
        self.link(&NewAccount::new().customer(&*customer).kind(kind), None);
        self.emits = true;
    }

    /// The accounts that the program starts with.
    pub(crate) fn seed_default(&mut self, connected: &str) {
        self.emits = false;
        let customers = [
            self.seed_customer(),
            self.seed_customer(),
            self.seed_customer(),
        ];
        // The first customer has enough accounts for several pages, and every kind of them.
        for at in 0..27 {
            let kind = AccountKind::ALL[at % AccountKind::ALL.len()];
            let new = NewAccount::new().customer(&customers[0]).kind(kind);
            let new = match at % 3 {
                0 => new
                    .transactions(at * 8)
                    .refreshed(Feature::ALL.iter().copied()),
                1 => new.refreshed([Feature::Balance, Feature::Ownership]),
                _ => new,
            };
            self.link(&new, None);
        }
        // The second consented to little.
        for at in 0..9 {
            let permissions = &Permission::ALL[..=at % Permission::ALL.len()];
            let new = NewAccount::new()
                .customer(&customers[1])
                .permissions(permissions.iter().copied())
                .refreshed([Feature::Balance]);
            self.link(&new, None);
        }
        // The third's connections are broken, and one has ended.
        for at in 0..6 {
            let new = NewAccount::new()
                .customer(&customers[2])
                .institution("Inactive Accounts")
                .transactions(20)
                .refreshed(Feature::ALL.iter().copied());
            let row = self.link(&new, None);
            if at == 0 {
                self.disconnect(row);
            } else {
                self.deactivate(row);
            }
        }
        for _ in 0..4 {
            let holder = Holder::Account(connected.to_owned());
            self.link(&NewAccount::new().holder(holder), None);
        }
    }

    fn seed_customer(&mut self) -> String {
        let row = self.make_customer();
        self.ledger.customers.get(row).id.clone()
    }
}
