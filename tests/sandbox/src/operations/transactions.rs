//! Transactions: listed and retrieved.

use serde_json::Value;

use super::lookup::inactive;
use super::times::Times;
use crate::choices::DisconnectedData;
use crate::errors::ApiError;
use crate::store::Row;
use crate::wire::page::{self, Window};
use crate::work::Work;

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
        let days = i64::from(self.settings.transaction_days);
        let oldest = self.now.saturating_sub(days * 86_400);
        let page = window.of(&account.transactions, |(_, row)| {
            let transaction = transactions.get(row);
            transaction.transacted_at >= oldest
                && times.holds(transaction.transacted_at)
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
}
