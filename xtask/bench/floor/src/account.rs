//! The account with all its fields, derived and nothing else: what is unknown is dropped.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub struct AccountList {
    pub data: Vec<Account>,
    pub has_more: bool,
    pub url: String,
}

#[derive(Deserialize)]
pub struct Account {
    pub account_holder: Option<AccountHolder>,
    pub account_numbers: Option<Vec<AccountNumber>>,
    pub balance: Option<Balance>,
    pub balance_refresh: Option<Refresh>,
    pub category: Category,
    pub created: i64,
    pub display_name: Option<String>,
    pub id: String,
    pub institution_name: String,
    pub last4: Option<String>,
    pub livemode: bool,
    pub object: Object,
    pub ownership: Option<String>,
    pub ownership_refresh: Option<Refresh>,
    pub permissions: Option<Vec<Permission>>,
    pub status: Status,
    pub status_details: Option<StatusDetails>,
    pub subcategory: Subcategory,
    pub subscriptions: Option<Vec<Subscription>>,
    pub supported_payment_method_types: Vec<PaymentMethodType>,
    pub transaction_refresh: Option<TransactionRefresh>,
}

#[derive(Deserialize)]
pub struct AccountHolder {
    pub account: Option<String>,
    pub customer: Option<String>,
    pub customer_account: Option<String>,
    #[serde(rename = "type")]
    pub kind: HolderType,
}

#[derive(Deserialize)]
pub struct AccountNumber {
    pub expected_expiry_date: Option<i64>,
    pub identifier_type: NumberType,
    pub status: NumberStatus,
    pub supported_networks: Vec<Network>,
}

#[derive(Deserialize)]
pub struct Balance {
    pub as_of: i64,
    pub cash: Option<Cash>,
    pub credit: Option<Credit>,
    pub current: BTreeMap<String, i64>,
    #[serde(rename = "type")]
    pub kind: BalanceType,
}

#[derive(Deserialize)]
pub struct Cash {
    pub available: Option<BTreeMap<String, i64>>,
}

#[derive(Deserialize)]
pub struct Credit {
    pub used: Option<BTreeMap<String, i64>>,
}

#[derive(Deserialize)]
pub struct Refresh {
    pub last_attempted_at: i64,
    pub next_refresh_available_at: Option<i64>,
    pub status: RefreshStatus,
}

#[derive(Deserialize)]
pub struct TransactionRefresh {
    pub id: String,
    pub last_attempted_at: i64,
    pub next_refresh_available_at: Option<i64>,
    pub status: RefreshStatus,
}

#[derive(Deserialize)]
pub struct StatusDetails {
    pub active: Option<ActiveStatusDetails>,
}

#[derive(Deserialize)]
pub struct ActiveStatusDetails {
    pub action: Option<RequiredAction>,
    pub cause: Option<DeactivationCause>,
    pub expected_deactivation_date: Option<i64>,
}

/// An enum of the wire, with a variant for what is not known: without one, the first new value of
/// the API would fail whole answers.
macro_rules! wire_enum {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($variant,)*
            #[serde(other)]
            Unknown,
        }
    };
}

wire_enum!(Category {
    Cash,
    Credit,
    Investment,
    Other
});
wire_enum!(HolderType { Account, Customer });
wire_enum!(NumberType {
    AccountNumber,
    TokenizedAccountNumber
});
wire_enum!(NumberStatus {
    Deactivated,
    Expired,
    Pending,
    Transactable
});
wire_enum!(Network { Ach });
wire_enum!(BalanceType { Cash, Credit });
wire_enum!(RefreshStatus {
    Failed,
    Pending,
    Succeeded
});
wire_enum!(Permission {
    Balances,
    Ownership,
    PaymentMethod,
    Transactions
});
wire_enum!(Status {
    Active,
    Disconnected,
    Inactive
});
wire_enum!(Subcategory {
    Checking,
    CreditCard,
    LineOfCredit,
    Mortgage,
    Other,
    Savings
});
wire_enum!(Subscription { Transactions });
wire_enum!(PaymentMethodType {
    Link,
    UsBankAccount
});
wire_enum!(RequiredAction {
    None,
    RelinkRequired
});
wire_enum!(DeactivationCause {
    AccessExpired,
    InstitutionRequirement,
    Unspecified
});

#[derive(Deserialize)]
pub enum Object {
    #[serde(rename = "financial_connections.account")]
    Account,
    #[serde(other)]
    Unknown,
}
