//! The account object and its JSON.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::bank::Bank;
use super::holder::Holder;
use super::refresh::Refresh;
use crate::choices::DisconnectedData;
use crate::kinds::{
    AccountKind, AccountNumberStatus, DeactivationCause, Feature, PaymentMethodType, Permission,
    Status,
};
use crate::store::{Row, Tenant};

/// A balance that was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub(crate) struct Balance {
    pub(crate) as_of: i64,
    pub(crate) current: i64,
    pub(crate) available: Option<i64>,
}

/// A deactivation that is announced in advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub(crate) struct ExpectedDeactivation {
    pub(crate) date: i64,
    pub(crate) cause: DeactivationCause,
    pub(crate) relink_required: bool,
}

/// An account number. The API shows its properties, never the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct AccountNumber {
    /// Whether it is a token for another number.
    pub tokenized: bool,
    /// Whether it can be paid from.
    pub status: AccountNumberStatus,
    /// When it will stop working, in seconds since 1970.
    pub expected_expiry_date: Option<i64>,
}

impl AccountNumber {
    /// A number of this status that is not a token.
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
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
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
    /// The bank's data, fetched or not.
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
        // `status_details` is absent rather than null if there are no details.
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
