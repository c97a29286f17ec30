//! The operations, and which of them a method and a path mean.

use axum::http::Method;
use percent_encoding::percent_decode_str;

/// An operation of the API that the sandbox answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `GET /v1/financial_connections/accounts`
    AccountsList,
    /// `GET /v1/financial_connections/accounts/{account}`
    AccountsRetrieve,
    /// `POST /v1/financial_connections/accounts/{account}/disconnect`
    AccountsDisconnect,
    /// `POST /v1/financial_connections/accounts/{account}/refresh`
    AccountsRefresh,
    /// `POST /v1/financial_connections/accounts/{account}/subscribe`
    AccountsSubscribe,
    /// `POST /v1/financial_connections/accounts/{account}/unsubscribe`
    AccountsUnsubscribe,
    /// `GET /v1/financial_connections/accounts/{account}/owners`
    AccountsOwners,
    /// `POST /v1/financial_connections/sessions`
    SessionsCreate,
    /// `GET /v1/financial_connections/sessions/{session}`
    SessionsRetrieve,
    /// `GET /v1/financial_connections/transactions`
    TransactionsList,
    /// `GET /v1/financial_connections/transactions/{transaction}`
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

    /// The path as the document writes it, with its parameter in braces.
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

/// Where a request goes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Route {
    /// An operation of the document, with the id of its path.
    Operation(Operation, String),
    /// `GET /v1/events`
    Events,
    /// `GET /v1/events/{id}`
    Event(String),
}

impl Route {
    /// Finds the route of a decoded path; `None` for an address that the API does not know, and for
    /// a wrong method, which the API does not tell apart.
    pub(crate) fn find(method: &Method, path: &str, legacy: bool) -> Option<Self> {
        let path = legacy_path(path, legacy);
        let actual: Vec<&str> = path.split('/').collect();
        for operation in Operation::ALL {
            if operation.method() == *method
                && let Some(id) = matched(operation.path(), &actual)
            {
                return Some(Self::Operation(operation, id?));
            }
        }
        match actual.as_slice() {
            ["", "v1", "events"] if method == Method::GET => Some(Self::Events),
            ["", "v1", "events", id] if method == Method::GET && !id.is_empty() => {
                Some(Self::Event((*id).to_owned()))
            }
            _ => None,
        }
    }

    pub(crate) const fn operation(&self) -> Option<Operation> {
        match self {
            Self::Operation(operation, _) => Some(*operation),
            Self::Events | Self::Event(_) => None,
        }
    }
}

/// Whether a path has the shape of a template; if so, the id in it, and `None` where that id is
/// empty or no text.
fn matched(template: &str, actual: &[&str]) -> Option<Option<String>> {
    let mut id = Some(String::new());
    let mut wanted = template.split('/');
    for segment in actual {
        let wanted = wanted.next()?;
        if wanted.starts_with('{') {
            id = percent_decode_str(segment)
                .decode_utf8()
                .ok()
                .filter(|id| !id.is_empty())
                .map(std::borrow::Cow::into_owned);
        } else if wanted != *segment {
            return None;
        }
    }
    wanted.next().is_none().then_some(id)
}

/// The addresses of before 2022, where they are switched on.
fn legacy_path(path: &str, legacy: bool) -> String {
    if legacy {
        for (old, new) in [
            ("/v1/linked_accounts", Operation::AccountsList.path()),
            (
                "/v1/link_account_sessions",
                Operation::SessionsCreate.path(),
            ),
        ] {
            if let Some(rest) = path.strip_prefix(old)
                && (rest.is_empty() || rest.starts_with('/'))
            {
                return format!("{new}{rest}");
            }
        }
    }
    path.to_owned()
}
