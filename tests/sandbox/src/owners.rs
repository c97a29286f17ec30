//! Ownership snapshots and the owners in them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::accounts::inactive;
use crate::errors::ApiError;
use crate::page::{self, From, Window};
use crate::settings::DisconnectedData;
use crate::store::Row;
use crate::work::Work;

const NOUN: &str = "financial connections account ownership";

/// An owner as the bank knows him.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewOwner {
    /// The full name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number, as the bank writes it.
    pub phone: Option<String>,
    /// The address in one line, as the bank writes it.
    pub raw_address: Option<String>,
}

impl NewOwner {
    /// An owner of whom only the name is known.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            email: None,
            phone: None,
            raw_address: None,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub(crate) id: String,
    pub(crate) known: NewOwner,
}

/// What an ownership refresh found, at its time.
#[derive(Clone, Debug)]
pub(crate) struct Ownership {
    pub(crate) id: String,
    pub(crate) account: Row,
    pub(crate) created: i64,
    pub(crate) refreshed: i64,
    pub(crate) owners: Vec<Owner>,
}

impl Ownership {
    fn render_owner(&self, owner: &Owner) -> Value {
        json!({
            "id": owner.id,
            "object": "financial_connections.account_owner",
            "email": owner.known.email,
            "name": owner.known.name,
            "ownership": self.id,
            "phone": owner.known.phone,
            "raw_address": owner.known.raw_address,
            "refreshed_at": self.refreshed,
        })
    }

    fn window(&self, window: &Window<Row>) -> page::Page<Row> {
        let index: BTreeSet<Row> = (0..self.owners.len()).collect();
        window.of(&index, |_| true)
    }

    fn page(&self, page: &page::Page<Row>) -> Vec<Value> {
        page.items
            .iter()
            .map(|row| self.render_owner(&self.owners[*row]))
            .collect()
    }

    /// The snapshot with its first page of owners, which comes without being asked for.
    pub(crate) fn render(&self, account: &str) -> Value {
        let first = self.window(&Window {
            limit: 10,
            from: From::Newest,
        });
        let url = format!(
            "/v1/financial_connections/accounts/{account}/owners?ownership={}",
            self.id
        );
        json!({
            "id": self.id,
            "object": "financial_connections.account_ownership",
            "created": self.created,
            "owners": page::list(url, self.page(&first), first.has_more),
        })
    }
}

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

    /// Makes a snapshot of what the bank knows, and points the account at it.
    pub(crate) fn snapshot_owners(&mut self, row: Row) {
        let account = self.ledger.accounts.get(row);
        let known = &account.bank.owners;
        if !self.settings.ownership_id_always_new
            && let Some(newest) = &account.ownership
            && let Some(at) = self.ledger.ownerships.find(newest)
        {
            let ownership = self.ledger.ownerships.get_mut(at);
            if ownership.owners.iter().map(|owner| &owner.known).eq(known) {
                ownership.refreshed = self.now;
                return;
            }
        }
        let id = self.random.id("fcaowns_", 24);
        let owners = known
            .iter()
            .map(|known| Owner {
                id: self.random.id("fcaown_", 24),
                known: known.clone(),
            })
            .collect();
        self.ledger.ownerships.push(
            &id,
            Ownership {
                id: id.clone(),
                account: row,
                created: self.now,
                refreshed: self.now,
                owners,
            },
        );
        self.ledger.accounts.get_mut(row).ownership = Some(id);
    }
}
