//! The bank's side of an account: what a refresh finds.

use super::ownership::NewOwner;
use crate::kinds::{Feature, TransactionStatus};
use crate::store::Row;

/// A balance at the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct BankBalance {
    /// In the smallest unit of the currency; a debt of the holder is negative.
    pub current: i64,
    /// Available in a cash account, or used of a credit account; some banks do not report it.
    pub available: Option<i64>,
}

impl BankBalance {
    /// A balance and its available part.
    #[must_use]
    pub const fn new(current: i64, available: Option<i64>) -> Self {
        Self { current, available }
    }
}

/// A transaction that the bank has and that the next successful refresh will bring.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct NewTransaction {
    /// In the smallest unit of the currency; outgoing is negative.
    pub amount: i64,
    /// What the bank wrote.
    pub description: String,
    /// Its status.
    pub status: TransactionStatus,
    /// When it happened, in seconds since 1970; `None`: at the refresh that brings it.
    pub transacted_at: Option<i64>,
}

impl NewTransaction {
    /// A posted transaction.
    #[must_use]
    pub fn new(amount: i64, description: impl Into<String>) -> Self {
        Self {
            amount,
            description: description.into(),
            status: TransactionStatus::Posted,
            transacted_at: None,
        }
    }

    /// The same with another status.
    #[must_use]
    pub const fn status(mut self, status: TransactionStatus) -> Self {
        self.status = status;
        self
    }

    /// The same at another time.
    #[must_use]
    pub const fn transacted_at(mut self, unix_seconds: i64) -> Self {
        self.transacted_at = Some(unix_seconds);
        self
    }
}

/// A change that the next transaction refresh brings.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) enum News {
    Transaction(NewTransaction),
    Status(Row, TransactionStatus),
}

/// A planned failure of a refresh.
#[derive(Clone, Copy, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Failure {
    pub(crate) feature: Feature,
    /// Whether it also shows that the connection is broken.
    pub(crate) deactivates: bool,
}

/// The bank's data of an account.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Bank {
    pub(crate) currency: String,
    pub(crate) balance: Option<BankBalance>,
    pub(crate) owners: Vec<NewOwner>,
    pub(crate) news: Vec<News>,
    pub(crate) failures: Vec<Failure>,
}

impl Bank {
    /// Takes the failure that is planned for a feature.
    pub(crate) fn take_failure(&mut self, feature: Feature) -> Option<Failure> {
        let at = self
            .failures
            .iter()
            .position(|failure| failure.feature == feature)?;
        Some(self.failures.remove(at))
    }
}
