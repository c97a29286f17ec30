//! Linking: creating accounts and their holders.

use std::collections::BTreeSet;

use super::institutions::is_payable;
use super::unit::Work;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{AccountKind, PaymentMethodType, Status};
use crate::objects::{Account, Customer, Holder, NewAccount};
use crate::store::Row;

/// Banks that do not exist.
const INSTITUTIONS: [&str; 6] = [
    "Harbor Savings Bank",
    "First Meadow Bank",
    "Northlight Credit Union",
    "Test (OAuth)",
    "Test (Non-OAuth)",
    "Bank (OAuth)",
];

impl Work<'_> {
    /// Makes a customer, with a made-up name.
    pub(crate) fn make_customer(&mut self) -> Row {
        let id = self.random.id("cus_", 14);
        let customer_account = self.random.id("acct_", 16);
        let (name, email) = self.person();
        let row = self.ledger.customers.push(
            &id,
            Customer {
                id: id.clone(),
                customer_account: customer_account.clone(),
                name,
                email,
                created: self.now,
            },
        );
        self.ledger.customer_accounts.insert(customer_account, row);
        row
    }

    /// Links an account, with its event and the refreshes that it is to have.
    pub(crate) fn link(&mut self, new: &NewAccount, session: Option<&str>) -> Row {
        let id = self.random.id("fca_", 24);
        let bank = self.bank(new);
        let institution = match &new.institution {
            Some(name) => name.clone(),
            None => (*self.random.pick(&INSTITUTIONS)).to_owned(),
        };
        let last4 = match &new.last4 {
            Some(digits) => digits.clone(),
            None => format!("{:04}", self.random.below(10_000)),
        };
        let kind = new.kind;
        let display_name = match &new.display_name {
            Some(name) => name.clone(),
            None => format!("{} {}", title(kind), kind.category()),
        };
        let payment_method_types = match &new.payment_method_types {
            Some(types) => types.clone(),
            None if kind.allows_ach() && is_payable(&institution) => {
                vec![PaymentMethodType::UsBankAccount]
            }
            None => Vec::new(),
        };
        let account = Account {
            id: id.clone(),
            created: self.now,
            holder: new.holder.clone(),
            kind,
            institution,
            display_name: Some(display_name),
            last4: Some(last4),
            permissions: new.permissions.clone(),
            payment_method_types,
            account_number: None,
            status: Status::Active,
            expected_deactivation: None,
            subscription: None,
            balance: None,
            balance_refresh: None,
            ownership: None,
            ownership_refresh: None,
            transaction_refresh: None,
            has_transactions: false,
            transactions: BTreeSet::new(),
            bank: Box::new(bank),
        };
        let row = self.ledger.accounts.push(&id, account);
        self.index(row, new.holder.as_ref(), session);
        self.emit("created", row);
        self.behave(row);
        for feature in &new.refreshed {
            self.start_refresh(row, *feature);
            self.end_refresh(row, *feature);
        }
        row
    }

    /// Finishes a session as the user would, within its limits. It is named by its id or its client
    /// secret.
    pub(crate) fn complete_session(
        &mut self,
        name: &str,
        accounts: &[NewAccount],
    ) -> ControlResult<Vec<String>> {
        let id = name.split("_secret_").next().unwrap_or_default();
        let found = self.ledger.sessions.find(id);
        let named = |at: &Row| {
            let secret = &self.ledger.sessions.get(*at).client_secret;
            name == id || name == secret
        };
        let at = found
            .filter(named)
            .ok_or_else(|| ControlError::new(format!("there is no session {id} here")))?;
        let session = self.ledger.sessions.get(at);
        session.check_links(accounts)?;
        for new in accounts {
            new.check()?;
            self.check_link(&new.clone().holder(session.holder.clone()))?;
        }
        let (holder, permissions) = (session.holder.clone(), session.permissions.clone());
        let prefetch = session.prefetch.clone();
        self.ledger.sessions.get_mut(at).completed = true;
        let mut ids = Vec::new();
        for new in accounts {
            let new = new
                .clone()
                .holder(holder.clone())
                .permissions(permissions.iter().copied());
            let row = self.link(&new, Some(id));
            for feature in &prefetch {
                self.start_refresh(row, *feature);
            }
            ids.push(self.ledger.accounts.get(row).id.clone());
        }
        Ok(ids)
    }

    fn index(&mut self, row: Row, holder: Option<&Holder>, session: Option<&str>) {
        let ledger = &mut *self.ledger;
        ledger.all_accounts.insert(row);
        let by_holder = match holder {
            Some(Holder::Account(id)) => Some((&mut ledger.accounts_by_account, id)),
            Some(Holder::Customer(id)) => Some((&mut ledger.accounts_by_customer, id)),
            Some(Holder::CustomerAccount(id)) => {
                Some((&mut ledger.accounts_by_customer_account, id))
            }
            None => None,
        };
        if let Some((index, id)) = by_holder {
            index.entry(id.clone()).or_default().insert(row);
        }
        if let Some(session) = session {
            let index = &mut ledger.accounts_by_session;
            index.entry(session.to_owned()).or_default().insert(row);
        }
    }
}

const fn title(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Checking => "Everyday",
        AccountKind::Savings => "Rainy day",
        AccountKind::CreditCard => "Rewards card",
        AccountKind::LineOfCredit => "Credit line",
        AccountKind::Mortgage => "Home loan",
        AccountKind::Investment => "Brokerage",
        AccountKind::OtherCash | AccountKind::OtherCredit | AccountKind::Other => "Further",
    }
}
