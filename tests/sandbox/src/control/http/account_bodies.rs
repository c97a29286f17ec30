//! The bodies of calls about accounts.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::control::accounts::AccountSummary;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{
    AccountKind, Feature, PaymentMethodType, Permission, Status, TransactionStatus,
};
use crate::limits::{MADE, TRANSACTIONS};
use crate::objects::{BankBalance, Holder, NewAccount, NewOwner, NewTransaction};

/// Accounts to link, all of them alike. What is left out is drawn from the seed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// How many.
    #[schema(minimum = 0, maximum = 100_000, default = 1)]
    count: Option<usize>,
    /// The holder: a customer.
    customer: Option<String>,
    /// The holder: a customer, by the account that represents it.
    customer_account: Option<String>,
    /// The holder: an account of Stripe.
    account: Option<String>,
    /// `cash`, `credit`, `investment` or `other`.
    category: Option<String>,
    /// One that goes with the category.
    subcategory: Option<String>,
    /// The bank. The names of test institutions make them behave as documented.
    #[schema(max_length = 5000)]
    institution_name: Option<String>,
    /// The name of the account.
    #[schema(max_length = 5000)]
    display_name: Option<String>,
    /// Its last four digits.
    #[schema(pattern = "^[0-9]{4}$")]
    last4: Option<String>,
    /// The permissions; otherwise all of them.
    permissions: Option<Vec<Permission>>,
    /// How it can be paid from.
    supported_payment_method_types: Option<Vec<PaymentMethodType>>,
    /// The balance at the bank; null for a bank that gives none.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Balance>)]
    balance: Option<Option<Balance>>,
    /// The code of its currency, in lower case.
    #[schema(pattern = "^[a-z]{3}$", default = "usd")]
    currency: Option<String>,
    /// The owners at the bank.
    owners: Option<Vec<Owner>>,
    /// How many transactions the bank has.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000, default = 0)]
    transactions: usize,
    /// What was fetched already.
    #[serde(default)]
    refreshed: Vec<Feature>,
}

/// Tells null from nothing.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Link {
    /// How many accounts, and each of them. Accounts, owners and transactions are limited together.
    pub(super) fn read(self) -> ControlResult<(usize, NewAccount)> {
        let count = self.count.unwrap_or(1);
        if self.transactions > TRANSACTIONS {
            return Err(ControlError::new(format!(
                "an account may have {TRANSACTIONS} transactions, and `transactions` is {}",
                self.transactions
            )));
        }
        let each = 1 + self.transactions + self.owners.as_ref().map_or(0, Vec::len);
        check_made(count.saturating_mul(each))?;
        let mut new = NewAccount::new();
        let holders = [
            self.customer.map(Holder::Customer),
            self.customer_account.map(Holder::CustomerAccount),
            self.account.map(Holder::Account),
        ];
        let mut holders = holders.into_iter().flatten();
        if let Some(holder) = holders.next() {
            new = new.holder(holder);
        }
        if holders.next().is_some() {
            return Err(ControlError::new(
                "an account has one holder: customer, customer_account or account",
            ));
        }
        if self.category.is_some() || self.subcategory.is_some() {
            new = new.kind(kind(self.category, self.subcategory)?);
        }
        for (value, set) in [
            (
                self.institution_name,
                NewAccount::institution as fn(_, String) -> _,
            ),
            (self.display_name, NewAccount::display_name),
            (self.last4, NewAccount::last4),
            (self.currency, NewAccount::currency),
        ] {
            if let Some(value) = value {
                new = set(new, value);
            }
        }
        if let Some(permissions) = self.permissions {
            new = new.permissions(permissions);
        }
        if let Some(types) = self.supported_payment_method_types {
            new = new.payment_method_types(types);
        }
        if let Some(balance) = self.balance {
            new = new.balance(balance.map(BankBalance::from));
        }
        if let Some(owners) = self.owners {
            new = new.owners(owners.into_iter().map(NewOwner::from));
        }
        new = new
            .transactions(self.transactions)
            .refreshed(self.refreshed);
        new.check()?;
        Ok((count, new))
    }
}

fn kind(category: Option<String>, subcategory: Option<String>) -> ControlResult<AccountKind> {
    let category = category.unwrap_or_default();
    let subcategory = subcategory.unwrap_or_default();
    AccountKind::from_words(&category, &subcategory).ok_or_else(|| {
        ControlError::new(format!(
            "category `{category}` and subcategory `{subcategory}` do not go together"
        ))
    })
}

/// Whether one call may make this many objects.
pub(super) fn check_made(objects: usize) -> ControlResult<()> {
    if objects <= MADE {
        return Ok(());
    }
    Err(ControlError::new(format!(
        "one call makes {MADE} accounts, customers, owners and transactions at most; make several \
         calls"
    )))
}

/// A balance at the bank.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Balance {
    /// In the smallest unit of the currency; a debt of the holder is negative.
    #[schema(minimum = -999_999_999_999_999_i64, maximum = 999_999_999_999_999_i64)]
    current: i64,
    /// Available in a cash account, or used of a credit account.
    available: Option<i64>,
}

impl From<Balance> for BankBalance {
    fn from(balance: Balance) -> Self {
        Self::new(balance.current, balance.available)
    }
}

/// An owner at the bank.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Owner {
    /// The full name.
    #[schema(max_length = 5000)]
    name: String,
    /// The e-mail address.
    email: Option<String>,
    /// The phone number.
    phone: Option<String>,
    /// The address in one line.
    raw_address: Option<String>,
}

impl From<Owner> for NewOwner {
    fn from(owner: Owner) -> Self {
        Self {
            email: owner.email,
            phone: owner.phone,
            raw_address: owner.raw_address,
            ..Self::new(owner.name)
        }
    }
}

/// A transaction at the bank.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BankTransaction {
    /// In the smallest unit of the currency; outgoing is negative.
    amount: i64,
    /// What the bank wrote.
    #[serde(default)]
    #[schema(max_length = 5000)]
    description: String,
    /// Its status; otherwise posted.
    status: Option<TransactionStatus>,
    /// When it happened, in seconds since 1970; otherwise at the refresh that brings it.
    transacted_at: Option<i64>,
}

impl From<BankTransaction> for NewTransaction {
    fn from(given: BankTransaction) -> Self {
        Self {
            transacted_at: given.transacted_at,
            status: given.status.unwrap_or(TransactionStatus::Posted),
            ..Self::new(given.amount, given.description)
        }
    }
}

/// An account in short.
#[derive(Serialize, ToSchema)]
pub(super) struct Summary {
    id: String,
    category: &'static str,
    subcategory: &'static str,
    institution_name: String,
    status: Status,
    /// How many transactions were fetched.
    transactions: usize,
    has_ownership: bool,
}

impl From<AccountSummary> for Summary {
    fn from(account: AccountSummary) -> Self {
        Self {
            category: account.kind.category(),
            subcategory: account.kind.subcategory(),
            id: account.id,
            institution_name: account.institution,
            status: account.status,
            transactions: account.transactions,
            has_ownership: account.has_ownership,
        }
    }
}
