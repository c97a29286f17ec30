//! The data of one tenant.

use std::collections::{BTreeMap, BTreeSet};

use super::schedule::Schedule;
use crate::objects::{Account, Customer, Event, Ownership, Session, Transaction};
use crate::store::{Index, Recent, Row, Shelf};

/// The data of one tenant.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
pub(crate) struct Ledger {
    pub(crate) accounts: Shelf<Account>,
    pub(crate) all_accounts: BTreeSet<Row>,
    pub(crate) accounts_by_account: Index,
    pub(crate) accounts_by_customer: Index,
    pub(crate) accounts_by_customer_account: Index,
    pub(crate) accounts_by_session: Index,
    pub(crate) customers: Shelf<Customer>,
    pub(crate) customer_accounts: BTreeMap<String, Row>,
    pub(crate) sessions: Shelf<Session>,
    pub(crate) transactions: Shelf<Transaction>,
    pub(crate) ownerships: Shelf<Ownership>,
    /// Every transaction refresh that succeeded, in order, for `transaction_refresh[after]`, which
    /// compares positions in it.
    pub(crate) refreshes: Shelf<()>,
    pub(crate) events: Recent<Event>,
    pub(crate) schedule: Schedule,
}
