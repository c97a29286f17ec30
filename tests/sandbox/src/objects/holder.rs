//! Account holders.

use serde_json::{Value, json};

/// The holder of an account or a session.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
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
