//! Accounts: the object, and the operations that read it or end it.

use serde_json::{Value, json};

use std::collections::BTreeSet;

use crate::bank::Bank;
use crate::errors::ApiError;
use crate::holders::Holder;
use crate::kinds::{
    AccountKind, AccountNumberStatus, DeactivationCause, Feature, PaymentMethodType, Permission,
    Status,
};
use crate::page::{self, Window};
use crate::refresh::Refresh;
use crate::settings::{DisconnectedData, NotFoundParam, Repeat, UnknownFilter};
use crate::store::{Row, Tenant};
use crate::work::Work;

/// A balance that was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) as_of: i64,
    pub(crate) current: i64,
    pub(crate) available: Option<i64>,
}

/// A deactivation that is known ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExpectedDeactivation {
    pub(crate) date: i64,
    pub(crate) cause: DeactivationCause,
    pub(crate) relink_required: bool,
}

/// An account number, of which the API shows everything but the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountNumber {
    /// Whether it stands for another number.
    pub tokenized: bool,
    /// Whether it can be paid from.
    pub status: AccountNumberStatus,
    /// When it will stop working, in seconds since 1970.
    pub expected_expiry_date: Option<i64>,
}

impl AccountNumber {
    /// A number of this status that stands for itself.
    #[must_use]
    pub const fn new(status: AccountNumberStatus) -> Self {
        Self {
            tokenized: false,
            status,
            expected_expiry_date: None,
        }
    }

    fn render(self) -> Value {
        json!({
            "expected_expiry_date": self.expected_expiry_date,
            "identifier_type": if self.tokenized {
                "tokenized_account_number"
            } else {
                "account_number"
            },
            "status": self.status.as_str(),
            "supported_networks": ["ach"],
        })
    }
}

/// A linked account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) holder: Option<Holder>,
    pub(crate) kind: AccountKind,
    pub(crate) institution: String,
    pub(crate) display_name: Option<String>,
    pub(crate) last4: Option<String>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) payment_method_types: Vec<PaymentMethodType>,
    pub(crate) account_number: Option<AccountNumber>,
    pub(crate) status: Status,
    pub(crate) expected_deactivation: Option<ExpectedDeactivation>,
    /// The number of the running subscription to transactions.
    pub(crate) subscription: Option<u64>,
    pub(crate) balance: Option<Balance>,
    pub(crate) balance_refresh: Option<Refresh>,
    pub(crate) ownership: Option<String>,
    pub(crate) ownership_refresh: Option<Refresh>,
    pub(crate) transaction_refresh: Option<Refresh>,
    /// Whether a transaction refresh has ever succeeded.
    pub(crate) has_transactions: bool,
    pub(crate) transactions: BTreeSet<(i64, Row)>,
    /// What the bank knows, whether or not it was fetched.
    pub(crate) bank: Box<Bank>,
}

impl Account {
    pub(crate) const fn refresh(&self, feature: Feature) -> Option<&Refresh> {
        match feature {
            Feature::Balance => self.balance_refresh.as_ref(),
            Feature::Ownership => self.ownership_refresh.as_ref(),
            Feature::Transactions => self.transaction_refresh.as_ref(),
        }
    }

    pub(crate) const fn refresh_slot(&mut self, feature: Feature) -> &mut Option<Refresh> {
        match feature {
            Feature::Balance => &mut self.balance_refresh,
            Feature::Ownership => &mut self.ownership_refresh,
            Feature::Transactions => &mut self.transaction_refresh,
        }
    }

    pub(crate) const fn refresh_mut(&mut self, feature: Feature) -> Option<&mut Refresh> {
        self.refresh_slot(feature).as_mut()
    }

    pub(crate) fn is_disconnected(&self) -> bool {
        self.status == Status::Disconnected
    }

    pub(crate) fn render(&self, tenant: &Tenant, disconnected_data: DisconnectedData) -> Value {
        let withheld = self.is_disconnected() && disconnected_data == DisconnectedData::Withheld;
        let words = |permission: &Permission| permission.as_str();
        let mut account = json!({
            "id": self.id,
            "object": "financial_connections.account",
            "account_holder": self.holder.as_ref().map(Holder::render),
            "account_numbers": self.account_number.map(|number| vec![number.render()]),
            "balance": self.balance.filter(|_| !withheld).map(|balance| self.render_balance(balance)),
            "balance_refresh": self.balance_refresh.as_ref().map(Refresh::render),
            "category": self.kind.category(),
            "created": self.created,
            "display_name": self.display_name,
            "institution_name": self.institution,
            "last4": self.last4,
            "livemode": tenant.livemode,
            "ownership": self.ownership.as_ref().filter(|_| !withheld),
            "ownership_refresh": self.ownership_refresh.as_ref().map(Refresh::render),
            "permissions": self.permissions.iter().map(words).collect::<Vec<_>>(),
            "status": self.status.as_str(),
            "subcategory": self.kind.subcategory(),
            "subscriptions": self.subscription.map_or(Vec::new(), |_| vec!["transactions"]),
            "supported_payment_method_types": self
                .payment_method_types
                .iter()
                .map(|kind| kind.as_str())
                .collect::<Vec<_>>(),
            "transaction_refresh": self.transaction_refresh.as_ref().map(Refresh::render),
        });
        // `status_details` is absent rather than null where there is nothing to say.
        if let Some(expected) = self.expected_deactivation
            && self.status == Status::Active
        {
            account["status_details"] = json!({"active": {
                "action": if expected.relink_required { "relink_required" } else { "none" },
                "cause": expected.cause.as_str(),
                "expected_deactivation_date": expected.date,
            }});
        }
        account
    }

    fn render_balance(&self, balance: Balance) -> Value {
        let amount = |amount: i64| json!({self.bank.currency.as_str(): amount});
        let available = balance.available.map(amount);
        let mut rendered = json!({
            "as_of": balance.as_of,
            "current": amount(balance.current),
        });
        if self.kind.category() == "credit" {
            rendered["type"] = "credit".into();
            rendered["credit"] = json!({"used": available});
        } else {
            rendered["type"] = "cash".into();
            rendered["cash"] = json!({"available": available});
        }
        rendered
    }
}

/// The refusal of what needs an active account.
pub(crate) fn inactive(account: &Account, consequence: &str) -> ApiError {
    ApiError::invalid(format!(
        "The account {} is {}: {consequence}.",
        account.id,
        account.status.as_str()
    ))
    .code("financial_connections_account_inactive")
}

impl Work<'_> {
    /// Finds the account of a path.
    pub(crate) fn account(&self, id: &str) -> Result<Row, ApiError> {
        self.ledger.accounts.find(id).ok_or_else(|| {
            let param = self.path_param("account");
            ApiError::not_found(&self.settings.account_noun, id, param)
        })
    }

    pub(crate) const fn path_param(&self, name: &'static str) -> &'static str {
        match self.settings.not_found_param {
            NotFoundParam::PathName => name,
            NotFoundParam::Id => "id",
        }
    }

    pub(crate) fn render_account(&self, row: Row) -> Value {
        self.ledger
            .accounts
            .get(row)
            .render(self.tenant, self.settings.disconnected_data)
    }

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
    fn account_filter<'b>(
        &self,
        params: &'b Value,
    ) -> Result<Option<(&crate::store::Index, &'b str)>, ApiError> {
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
                self.knows(&Holder::Account(id.to_owned())),
                "account",
            ),
            "account_holder[customer]" => (
                &ledger.accounts_by_customer,
                self.knows(&Holder::Customer(id.to_owned())),
                "customer",
            ),
            "account_holder[customer_account]" => (
                &ledger.accounts_by_customer_account,
                self.knows(&Holder::CustomerAccount(id.to_owned())),
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

    /// What an unknown id in a filter answers; `None` where it is not an error.
    pub(crate) fn unknown_filter(&self, noun: &str, id: &str, param: &str) -> Option<ApiError> {
        match self.settings.unknown_filter {
            UnknownFilter::BadRequest => Some(ApiError::no_such_reference(noun, id, param)),
            UnknownFilter::NotFound => Some(ApiError::not_found(noun, id, param)),
            UnknownFilter::Ignore => None,
        }
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

    /// Ends the connection, by whoever. What is pending will not end any more.
    pub(crate) fn disconnect(&mut self, row: Row) {
        let account = self.ledger.accounts.get_mut(row);
        account.status = Status::Disconnected;
        account.subscription = None;
        self.end_refreshing(row);
        self.emit("disconnected", row);
    }

    /// The connection breaks. Says whether the account was active.
    pub(crate) fn deactivate(&mut self, row: Row) -> bool {
        let account = self.ledger.accounts.get_mut(row);
        if account.status != Status::Active {
            return false;
        }
        account.status = Status::Inactive;
        account.expected_deactivation = None;
        self.end_refreshing(row);
        self.emit("deactivated", row);
        true
    }

    /// The user links again. Says whether the account was inactive.
    pub(crate) fn reactivate(&mut self, row: Row) -> bool {
        let account = self.ledger.accounts.get_mut(row);
        if account.status != Status::Inactive {
            return false;
        }
        account.status = Status::Active;
        if account.subscription.is_some() {
            // A new number, so that a daily refresh left over from before does not count as well.
            let subscription = self.random.next();
            account.subscription = Some(subscription);
            self.schedule_daily(row, subscription);
        }
        self.emit("reactivated", row);
        true
    }

    /// Pending refreshes fail with the connection, and none is available until it is back.
    fn end_refreshing(&mut self, row: Row) {
        for feature in Feature::ALL {
            let Some(refresh) = self.ledger.accounts.get_mut(row).refresh_mut(*feature) else {
                continue;
            };
            refresh.next_available = None;
            if refresh.is_pending() {
                self.close_refresh(row, *feature, false);
            }
        }
    }
}
