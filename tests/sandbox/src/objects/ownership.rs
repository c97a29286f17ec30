//! Ownership snapshots and the owners in them.

use serde_json::{Value, json};

use crate::store::Row;
use crate::wire::page::{self, From, Window};

/// An owner, as the bank has them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
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
    /// An owner with a name and nothing else.
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

#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Owner {
    pub(crate) id: String,
    pub(crate) known: NewOwner,
}

/// The result of an ownership refresh.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
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

    pub(crate) fn window(&self, window: &Window<Row>) -> page::Page<Row> {
        window.of(&(0..self.owners.len()), |_| true)
    }

    pub(crate) fn page(&self, page: &page::Page<Row>) -> Vec<Value> {
        page.items
            .iter()
            .map(|row| self.render_owner(&self.owners[*row]))
            .collect()
    }

    /// The snapshot with its first page of owners, which is always included.
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
