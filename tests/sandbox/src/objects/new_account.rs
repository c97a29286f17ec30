//! An account to link. In the API only the user's own flow does this.

use super::bank::BankBalance;
use super::holder::Holder;
use super::ownership::NewOwner;
use crate::kinds::{AccountKind, Feature, PaymentMethodType, Permission};

/// An account to link. Unset properties are drawn from the sandbox's seed.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub(crate) holder: Option<Holder>,
    pub(crate) kind: AccountKind,
    pub(crate) institution: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) last4: Option<String>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) payment_method_types: Option<Vec<PaymentMethodType>>,
    pub(crate) balance: Option<Option<BankBalance>>,
    pub(crate) currency: String,
    pub(crate) owners: Option<Vec<NewOwner>>,
    pub(crate) transactions: usize,
    pub(crate) refreshed: Vec<Feature>,
}

impl Default for NewAccount {
    /// A checking account in dollars with every permission, whose bank has a balance, an owner and
    /// no transactions. Nothing of it was fetched yet.
    fn default() -> Self {
        Self {
            holder: None,
            kind: AccountKind::Checking,
            institution: None,
            display_name: None,
            last4: None,
            permissions: Permission::ALL.to_vec(),
            payment_method_types: None,
            balance: None,
            currency: "usd".to_owned(),
            owners: None,
            transactions: 0,
            refreshed: Vec::new(),
        }
    }
}

impl NewAccount {
    /// The default account.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of this customer.
    #[must_use]
    pub fn customer(self, id: impl Into<String>) -> Self {
        self.holder(Holder::Customer(id.into()))
    }

    /// Of this holder.
    #[must_use]
    pub fn holder(mut self, holder: Holder) -> Self {
        self.holder = Some(holder);
        self
    }

    /// Of this kind.
    #[must_use]
    pub const fn kind(mut self, kind: AccountKind) -> Self {
        self.kind = kind;
        self
    }

    /// At this bank.
    #[must_use]
    pub fn institution(mut self, name: impl Into<String>) -> Self {
        self.institution = Some(name.into());
        self
    }

    /// With this name.
    #[must_use]
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// With these last four digits.
    #[must_use]
    pub fn last4(mut self, digits: impl Into<String>) -> Self {
        self.last4 = Some(digits.into());
        self
    }

    /// With these permissions and no others.
    #[must_use]
    pub fn permissions(mut self, permissions: impl IntoIterator<Item = Permission>) -> Self {
        self.permissions = permissions.into_iter().collect();
        self
    }

    /// Payable from in these ways.
    #[must_use]
    pub fn payment_method_types(
        mut self,
        types: impl IntoIterator<Item = PaymentMethodType>,
    ) -> Self {
        self.payment_method_types = Some(types.into_iter().collect());
        self
    }

    /// With this balance at the bank; `None` for a bank that gives none.
    #[must_use]
    pub fn balance(mut self, balance: impl Into<Option<BankBalance>>) -> Self {
        self.balance = Some(balance.into());
        self
    }

    /// In this currency, by its lower-case code.
    #[must_use]
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = code.into();
        self
    }

    /// With these owners at the bank.
    #[must_use]
    pub fn owners(mut self, owners: impl IntoIterator<Item = NewOwner>) -> Self {
        self.owners = Some(owners.into_iter().collect());
        self
    }

    /// With this many transactions at the bank, spread over the months before.
    #[must_use]
    pub const fn transactions(mut self, count: usize) -> Self {
        self.transactions = count;
        self
    }

    /// With these features fetched already, as by a refresh that has succeeded.
    #[must_use]
    pub fn refreshed(mut self, features: impl IntoIterator<Item = Feature>) -> Self {
        self.refreshed = features.into_iter().collect();
        self
    }
}
