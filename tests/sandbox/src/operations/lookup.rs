//! Looking up what a request names, and the errors when it cannot be used.

use crate::choices::{NotFoundParam, UnknownFilter};
use crate::errors::ApiError;
use crate::objects::Account;
use crate::store::Row;
use crate::work::Work;

/// The error of an operation that needs an active account.
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

    /// The error of an unknown id in a filter; `None` if it is not an error.
    pub(crate) fn unknown_filter(&self, noun: &str, id: &str, param: &str) -> Option<ApiError> {
        match self.settings.unknown_filter {
            UnknownFilter::BadRequest => Some(ApiError::no_such_reference(noun, id, param)),
            UnknownFilter::NotFound => Some(ApiError::not_found(noun, id, param)),
            UnknownFilter::Ignore => None,
        }
    }
}
