//! The operations of the API that the sandbox simulates.

use axum::http::Method;

/// An operation of the API that the sandbox simulates.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Deserialize,
    serde::Serialize,
    utoipa::ToSchema,
)]
#[non_exhaustive]
pub enum Operation {
    /// `GET /v1/financial_connections/accounts`
    #[serde(rename = "accounts.list")]
    AccountsList,
    /// `GET /v1/financial_connections/accounts/{account}`
    #[serde(rename = "accounts.retrieve")]
    AccountsRetrieve,
    /// `POST /v1/financial_connections/accounts/{account}/disconnect`
    #[serde(rename = "accounts.disconnect")]
    AccountsDisconnect,
    /// `POST /v1/financial_connections/accounts/{account}/refresh`
    #[serde(rename = "accounts.refresh")]
    AccountsRefresh,
    /// `POST /v1/financial_connections/accounts/{account}/subscribe`
    #[serde(rename = "accounts.subscribe")]
    AccountsSubscribe,
    /// `POST /v1/financial_connections/accounts/{account}/unsubscribe`
    #[serde(rename = "accounts.unsubscribe")]
    AccountsUnsubscribe,
    /// `GET /v1/financial_connections/accounts/{account}/owners`
    #[serde(rename = "accounts.owners")]
    AccountsOwners,
    /// `POST /v1/financial_connections/sessions`
    #[serde(rename = "sessions.create")]
    SessionsCreate,
    /// `GET /v1/financial_connections/sessions/{session}`
    #[serde(rename = "sessions.retrieve")]
    SessionsRetrieve,
    /// `GET /v1/financial_connections/transactions`
    #[serde(rename = "transactions.list")]
    TransactionsList,
    /// `GET /v1/financial_connections/transactions/{transaction}`
    #[serde(rename = "transactions.retrieve")]
    TransactionsRetrieve,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 11] = [
        Self::AccountsList,
        Self::AccountsRetrieve,
        Self::AccountsDisconnect,
        Self::AccountsRefresh,
        Self::AccountsSubscribe,
        Self::AccountsUnsubscribe,
        Self::AccountsOwners,
        Self::SessionsCreate,
        Self::SessionsRetrieve,
        Self::TransactionsList,
        Self::TransactionsRetrieve,
    ];

    /// The name that clients use, as in `accounts.refresh`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountsList => "accounts.list",
            Self::AccountsRetrieve => "accounts.retrieve",
            Self::AccountsDisconnect => "accounts.disconnect",
            Self::AccountsRefresh => "accounts.refresh",
            Self::AccountsSubscribe => "accounts.subscribe",
            Self::AccountsUnsubscribe => "accounts.unsubscribe",
            Self::AccountsOwners => "accounts.owners",
            Self::SessionsCreate => "sessions.create",
            Self::SessionsRetrieve => "sessions.retrieve",
            Self::TransactionsList => "transactions.list",
            Self::TransactionsRetrieve => "transactions.retrieve",
        }
    }

    /// The operation of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|operation| operation.name() == name)
    }

    /// The path in the document, with its parameter in braces.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::AccountsList => "/v1/financial_connections/accounts",
            Self::AccountsRetrieve => "/v1/financial_connections/accounts/{account}",
            Self::AccountsDisconnect => "/v1/financial_connections/accounts/{account}/disconnect",
            Self::AccountsRefresh => "/v1/financial_connections/accounts/{account}/refresh",
            Self::AccountsSubscribe => "/v1/financial_connections/accounts/{account}/subscribe",
            Self::AccountsUnsubscribe => "/v1/financial_connections/accounts/{account}/unsubscribe",
            Self::AccountsOwners => "/v1/financial_connections/accounts/{account}/owners",
            Self::SessionsCreate => "/v1/financial_connections/sessions",
            Self::SessionsRetrieve => "/v1/financial_connections/sessions/{session}",
            Self::TransactionsList => "/v1/financial_connections/transactions",
            Self::TransactionsRetrieve => "/v1/financial_connections/transactions/{transaction}",
        }
    }

    /// Whether it is a POST.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(
            self,
            Self::AccountsDisconnect
                | Self::AccountsRefresh
                | Self::AccountsSubscribe
                | Self::AccountsUnsubscribe
                | Self::SessionsCreate
        )
    }

    pub(crate) const fn method(self) -> Method {
        if self.writes() {
            Method::POST
        } else {
            Method::GET
        }
    }
}
