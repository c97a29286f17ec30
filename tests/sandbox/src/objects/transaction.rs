//! A transaction that was fetched.

use serde_json::{Value, json};

use crate::kinds::TransactionStatus;
use crate::store::{Row, Tenant};

/// A transaction that was fetched.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Transaction {
    pub(crate) id: String,
    pub(crate) account: Row,
    pub(crate) amount: i64,
    pub(crate) description: String,
    pub(crate) status: TransactionStatus,
    pub(crate) posted_at: Option<i64>,
    pub(crate) void_at: Option<i64>,
    pub(crate) transacted_at: i64,
    /// The refresh that last changed it.
    pub(crate) refresh: Row,
    pub(crate) refresh_id: String,
    pub(crate) updated: i64,
    /// Its position in its account's list.
    pub(crate) key: (i64, Row),
}

impl Transaction {
    pub(crate) fn render(&self, account: &str, currency: &str, tenant: &Tenant) -> Value {
        json!({
            "id": self.id,
            "object": "financial_connections.transaction",
            "account": account,
            "amount": self.amount,
            "currency": currency,
            "description": self.description,
            "livemode": tenant.livemode,
            "status": self.status.as_str(),
            "status_transitions": {"posted_at": self.posted_at, "void_at": self.void_at},
            "transacted_at": self.transacted_at,
            "transaction_refresh": self.refresh_id,
            "updated": self.updated,
        })
    }

    /// Sets the status, as reached now.
    pub(crate) fn reach(&mut self, status: TransactionStatus, now: i64) {
        self.status = status;
        match status {
            TransactionStatus::Pending => {}
            TransactionStatus::Posted => self.posted_at = Some(now),
            TransactionStatus::Void => self.void_at = Some(now),
        }
    }
}
