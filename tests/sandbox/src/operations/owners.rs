//! The owners of an account.

use serde_json::Value;

use super::lookup::inactive;
use crate::choices::DisconnectedData;
use crate::errors::ApiError;
use crate::wire::page::{self, Window};
use crate::work::Work;

const NOUN: &str = "financial connections account ownership";

impl Work<'_> {
    /// `GET …/accounts/{account}/owners`
    pub(crate) fn list_owners(&mut self, id: &str, params: &Value) -> Result<Value, ApiError> {
        let row = self.account(id)?;
        let account = self.ledger.accounts.get(row);
        let wanted = params["ownership"].as_str().unwrap_or_default();
        let newest = account.ownership.as_deref() == Some(wanted);
        let ownership = self
            .ledger
            .ownerships
            .by_id(wanted)
            .filter(|ownership| ownership.account == row)
            .filter(|_| newest || self.settings.old_ownerships_readable)
            .ok_or_else(|| ApiError::no_such_reference(NOUN, wanted, "ownership"))?;
        if account.is_disconnected()
            && self.settings.disconnected_data == DisconnectedData::Withheld
        {
            return Err(inactive(account, "owners can no longer be read"));
        }
        let window = Window::read(
            params,
            self.settings,
            "financial connections account owner",
            |id| ownership.owners.iter().position(|owner| owner.id == id),
        )?;
        let page = ownership.window(&window);
        let answer = page::list(
            format!("/v1/financial_connections/accounts/{id}/owners"),
            ownership.page(&page),
            page.has_more,
        );
        self.looked_at += page.looked_at;
        Ok(answer)
    }
}
