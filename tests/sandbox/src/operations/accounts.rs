//! Accounts: read and disconnected.

use std::collections::BTreeSet;

use serde_json::Value;

use super::lookup::inactive;
use crate::choices::Repeat;
use crate::errors::ApiError;
use crate::objects::Holder;
use crate::store::Index;
use crate::wire::page::{self, Window};
use crate::work::Work;

impl Work<'_> {
    /// `GET …/accounts/{account}`
    pub(crate) fn retrieve_account(&mut self, id: &str) -> Result<Value, ApiError> {
        let row = self.account(id)?;
        self.seen(row);
        Ok(self.render_account(row))
    }

    /// `GET …/accounts`
    pub(crate) fn list_accounts(&mut self, params: &Value) -> Result<Value, ApiError> {
        let window = Window::read(params, self.settings, &self.settings.account_noun, |id| {
            self.ledger.accounts.find(id)
        })?;
        let none = BTreeSet::new();
        let index = match self.account_filter(params)? {
            None => &self.ledger.all_accounts,
            Some((index, id)) => index.get(id).unwrap_or(&none),
        };
        let page = window.of(index, |_| true);
        let data = page
            .items
            .iter()
            .map(|row| self.render_account(*row))
            .collect();
        self.looked_at += page.looked_at;
        Ok(page::list(
            "/v1/financial_connections/accounts",
            data,
            page.has_more,
        ))
    }

    /// The one filter that is given, as an index and the key in it.
    fn account_filter<'b>(&self, params: &'b Value) -> Result<Option<(&Index, &'b str)>, ApiError> {
        let holder = &params["account_holder"];
        let filters = [
            ("account_holder[account]", &holder["account"]),
            ("account_holder[customer]", &holder["customer"]),
            (
                "account_holder[customer_account]",
                &holder["customer_account"],
            ),
            ("session", &params["session"]),
        ];
        let given: Vec<(&str, &str)> = filters
            .iter()
            .filter_map(|(name, value)| Some((*name, value.as_str()?)))
            .collect();
        let (name, id) = match given.as_slice() {
            [] => return Ok(None),
            [one] => *one,
            several => {
                let names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
                let mut error = ApiError::invalid(format!(
                    "Pass only one of {}: they exclude each other.",
                    names.join(", ")
                ));
                error.code.clone_from(&self.settings.filter_conflict_code);
                return Err(error);
            }
        };
        let ledger = &*self.ledger;
        let (index, exists, noun) = match name {
            "account_holder[account]" => (
                &ledger.accounts_by_account,
                self.has_holder(&Holder::Account(id.to_owned())),
                "account",
            ),
            "account_holder[customer]" => (
                &ledger.accounts_by_customer,
                self.has_holder(&Holder::Customer(id.to_owned())),
                "customer",
            ),
            "account_holder[customer_account]" => (
                &ledger.accounts_by_customer_account,
                self.has_holder(&Holder::CustomerAccount(id.to_owned())),
                "customer account",
            ),
            _ => (
                &ledger.accounts_by_session,
                ledger.sessions.find(id).is_some(),
                self.settings.session_noun.as_str(),
            ),
        };
        if !exists && let Some(error) = self.unknown_filter(noun, id, name) {
            return Err(error);
        }
        Ok(Some((index, id)))
    }

    /// `POST …/accounts/{account}/disconnect`
    pub(crate) fn disconnect_account(&mut self, id: &str) -> Result<Value, ApiError> {
        let row = self.account(id)?;
        let account = self.ledger.accounts.get(row);
        if account.is_disconnected() {
            if self.settings.disconnect_twice == Repeat::Refuse {
                return Err(inactive(account, "it cannot be disconnected again"));
            }
        } else {
            self.disconnect(row);
        }
        Ok(self.render_account(row))
    }
}
