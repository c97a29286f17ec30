//! Who accounts belong to.

use serde_json::{Value, json};

use crate::store::Row;
use crate::work::Work;

/// A customer of the tenant. The API has them elsewhere; the sandbox needs them to exist.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) customer_account: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) created: i64,
}

impl Customer {
    pub(crate) fn render(&self, livemode: bool) -> Value {
        json!({
            "id": self.id,
            "object": "customer",
            "created": self.created,
            "customer_account": self.customer_account,
            "email": self.email,
            "livemode": livemode,
            "metadata": {},
            "name": self.name,
        })
    }
}

/// Who an account or a session belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Holder {
    /// A customer, by `cus_…`.
    Customer(String),
    /// A customer by the account that represents it.
    CustomerAccount(String),
    /// An account of Stripe, by `acct_…`.
    Account(String),
}

impl Holder {
    pub(crate) fn render(&self) -> Value {
        match self {
            Self::Customer(id) => json!({"type": "customer", "customer": id}),
            Self::CustomerAccount(id) => json!({"type": "customer", "customer_account": id}),
            Self::Account(id) => json!({"type": "account", "account": id}),
        }
    }
}

impl Work<'_> {
    /// Makes a customer, with a name of the sandbox's own.
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

    /// Whether a holder exists.
    pub(crate) fn knows(&self, holder: &Holder) -> bool {
        match holder {
            Holder::Customer(id) => self.ledger.customers.find(id).is_some(),
            Holder::CustomerAccount(id) => self.ledger.customer_accounts.contains_key(id),
            Holder::Account(id) => self.stripe_accounts.contains(id),
        }
    }
}
