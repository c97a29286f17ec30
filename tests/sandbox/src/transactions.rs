//! Transactions: how they arrive, and the operations that read them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::accounts::inactive;
use crate::bank::News;
use crate::errors::ApiError;
use crate::kinds::TransactionStatus;
use crate::page::{self, Window};
use crate::settings::{DisconnectedData, TransactionOrder};
use crate::store::{Row, Tenant};
use crate::work::Work;

/// A transaction that was fetched.
#[derive(Clone, Debug)]
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
    /// Its place in its account's list.
    pub(crate) key: (i64, Row),
}

impl Transaction {
    fn render(&self, account: &str, currency: &str, tenant: &Tenant) -> Value {
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

    fn reach(&mut self, status: TransactionStatus, now: i64) {
        self.status = status;
        match status {
            TransactionStatus::Pending => {}
            TransactionStatus::Posted => self.posted_at = Some(now),
            TransactionStatus::Void => self.void_at = Some(now),
        }
    }
}

/// `transacted_at`, as a point or as bounds.
struct Times {
    from: i64,
    to: i64,
}

impl Times {
    fn read(param: &Value) -> Self {
        if let Some(at) = param.as_i64() {
            return Self { from: at, to: at };
        }
        let bound = |name: &str| param[name].as_i64();
        let after = bound("gt").map(|at| at.saturating_add(1));
        let before = bound("lt").map(|at| at.saturating_sub(1));
        Self {
            from: after.max(bound("gte")).unwrap_or(i64::MIN),
            to: [before, bound("lte")]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(i64::MAX),
        }
    }

    const fn holds(&self, at: i64) -> bool {
        self.from <= at && at <= self.to
    }
}

impl Work<'_> {
    /// `GET …/transactions/{transaction}`
    pub(crate) fn retrieve_transaction(&self, id: &str) -> Result<Value, ApiError> {
        let row = self.ledger.transactions.find(id).ok_or_else(|| {
            let param = self.path_param("transaction");
            ApiError::not_found(&self.settings.transaction_noun, id, param)
        })?;
        self.check_readable(self.ledger.transactions.get(row).account)?;
        Ok(self.render_transaction(row))
    }

    /// `GET …/transactions`
    pub(crate) fn list_transactions(&mut self, params: &Value) -> Result<Value, ApiError> {
        const URL: &str = "/v1/financial_connections/transactions";
        let id = params["account"].as_str().unwrap_or_default();
        let Some(row) = self.ledger.accounts.find(id) else {
            return match self.unknown_filter(&self.settings.account_noun, id, "account") {
                Some(error) => Err(error),
                None => Ok(page::list(URL, Vec::new(), false)),
            };
        };
        self.check_readable(row)?;
        let account = self.ledger.accounts.get(row);
        if !account.has_transactions {
            return Err(ApiError::invalid(format!(
                "The account {id} has no transactions yet: no refresh of them has succeeded."
            ))
            .code("financial_connections_no_successful_transaction_refresh"));
        }
        let transactions = &self.ledger.transactions;
        let noun = &self.settings.transaction_noun;
        let window = Window::read(params, self.settings, noun, |id| {
            transactions.by_id(id).map(|transaction| transaction.key)
        })?;
        let after = match params["transaction_refresh"]["after"].as_str() {
            None => None,
            Some(after) => match self.ledger.refreshes.find(after) {
                Some(refresh) => Some(refresh),
                None => {
                    let param = "transaction_refresh[after]";
                    match self.unknown_filter("transaction refresh", after, param) {
                        Some(error) => return Err(error),
                        None => None,
                    }
                }
            },
        };
        let times = Times::read(&params["transacted_at"]);
        let page = window.of(&account.transactions, |(_, row)| {
            let transaction = transactions.get(row);
            times.holds(transaction.transacted_at)
                && after.is_none_or(|after| transaction.refresh > after)
        });
        let data = page
            .items
            .iter()
            .map(|(_, row)| self.render_transaction(*row))
            .collect();
        self.looked_at += page.looked_at;
        Ok(page::list(URL, data, page.has_more))
    }

    fn render_transaction(&self, row: Row) -> Value {
        let transaction = self.ledger.transactions.get(row);
        let account = self.ledger.accounts.get(transaction.account);
        transaction.render(&account.id, &account.bank.currency, self.tenant)
    }

    fn check_readable(&self, row: Row) -> Result<(), ApiError> {
        let account = self.ledger.accounts.get(row);
        if account.is_disconnected()
            && self.settings.disconnected_data == DisconnectedData::Withheld
        {
            return Err(inactive(account, "its transactions can no longer be read"));
        }
        Ok(())
    }

    /// Takes over the bank's news, as a refresh that succeeds does.
    pub(crate) fn fetch_transactions(&mut self, row: Row) {
        let account = self.ledger.accounts.get_mut(row);
        account.has_transactions = true;
        let news = std::mem::take(&mut account.bank.news);
        let Some(refresh_id) = account
            .transaction_refresh
            .as_ref()
            .and_then(|last| last.id.clone())
        else {
            return;
        };
        let refresh = self.ledger.refreshes.push(&refresh_id, ());
        for item in news {
            match item {
                News::Transaction(new) => {
                    let at = new.transacted_at.unwrap_or(self.now);
                    let id = self.random.id("fctxn_", 24);
                    let first_seen = self.ledger.transactions.len();
                    let key = match self.settings.transaction_order {
                        TransactionOrder::TransactedAt => (at, first_seen),
                        TransactionOrder::FirstSeen => (0, first_seen),
                    };
                    let mut transaction = Transaction {
                        id: id.clone(),
                        account: row,
                        amount: new.amount,
                        description: new.description,
                        status: TransactionStatus::Pending,
                        posted_at: None,
                        void_at: None,
                        transacted_at: at,
                        refresh,
                        refresh_id: refresh_id.clone(),
                        updated: self.now,
                        key,
                    };
                    transaction.reach(new.status, at);
                    self.ledger.transactions.push(&id, transaction);
                    self.transactions_of(row).insert(key);
                }
                News::Status(changed, status) => {
                    let transaction = self.ledger.transactions.get_mut(changed);
                    transaction.reach(status, self.now);
                    transaction.updated = self.now;
                    transaction.refresh = refresh;
                    transaction.refresh_id.clone_from(&refresh_id);
                }
            }
        }
    }

    fn transactions_of(&mut self, row: Row) -> &mut BTreeSet<(i64, Row)> {
        &mut self.ledger.accounts.get_mut(row).transactions
    }
}
