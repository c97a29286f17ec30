//! A refresh of one feature of an account.

use serde_json::{Value, json};

use crate::kinds::RefreshStatus;

/// The last refresh of one kind.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub(crate) struct Refresh {
    /// Only refreshes of transactions have one.
    pub(crate) id: Option<String>,
    pub(crate) attempted: i64,
    pub(crate) next_available: Option<i64>,
    pub(crate) status: RefreshStatus,
    /// The attempt, so that a scheduled end applies to this refresh and no later one.
    pub(crate) attempt: u64,
    pub(crate) retrieves_left: Option<u32>,
}

impl Refresh {
    pub(crate) fn is_pending(&self) -> bool {
        self.status == RefreshStatus::Pending
    }

    pub(crate) fn render(&self) -> Value {
        let mut refresh = json!({
            "last_attempted_at": self.attempted,
            "next_refresh_available_at": self.next_available,
            "status": self.status.as_str(),
        });
        if let Some(id) = &self.id {
            refresh["id"] = id.as_str().into();
        }
        refresh
    }
}
