//! Sessions: their parameters, and what a user may link in one.

use super::holder::Holder;
use super::new_account::NewAccount;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{Feature, Permission};

/// The subcategories that a session allows by default.
pub(crate) const ALL_SUBCATEGORIES: [&str; 5] = [
    "checking",
    "credit_card",
    "line_of_credit",
    "mortgage",
    "savings",
];

/// A session.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) client_secret: String,
    pub(crate) holder: Holder,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) prefetch: Vec<Feature>,
    pub(crate) subcategories: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) payment_method_support: String,
    pub(crate) account_limit: Option<i64>,
    pub(crate) manual_entry: String,
    pub(crate) return_url: Option<String>,
    pub(crate) completed: bool,
}

impl Session {
    /// Whether the user could link these accounts in this session.
    pub(crate) fn check_links(&self, accounts: &[NewAccount]) -> ControlResult<()> {
        let id = &self.id;
        if self.completed {
            return Err(ControlError::new(format!(
                "the session {id} was finished already; create another one"
            )));
        }
        if let Some(limit) = self.account_limit
            && accounts.len() as u64 > limit.unsigned_abs()
        {
            return Err(ControlError::new(format!(
                "the session {id} is limited to {limit} accounts, and {} are to be linked",
                accounts.len()
            )));
        }
        for new in accounts {
            let subcategory = new.kind.subcategory();
            // Filters cannot name `other`, so it passes.
            let filtered = ALL_SUBCATEGORIES.contains(&subcategory)
                && !self
                    .subcategories
                    .iter()
                    .any(|allowed| allowed == subcategory);
            if filtered {
                return Err(ControlError::new(format!(
                    "the filters of the session {id} do not allow {subcategory} accounts"
                )));
            }
        }
        let payable = |new: &&NewAccount| new.kind.allows_ach();
        let supported = match self.payment_method_support.as_str() {
            "all" => accounts.iter().all(|new| payable(&new)),
            "at_least_one" => accounts.is_empty() || accounts.iter().any(|new| payable(&new)),
            _ => true,
        };
        if !supported {
            return Err(ControlError::new(format!(
                "the session {id} requires payment method support ({}), which only checking and \
                 savings accounts have",
                self.payment_method_support
            )));
        }
        Ok(())
    }
}
