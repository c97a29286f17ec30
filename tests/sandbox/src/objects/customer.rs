//! Customers: another part of the API, which the sandbox needs as holders.

use serde_json::{Value, json};

/// A customer of the tenant.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
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
