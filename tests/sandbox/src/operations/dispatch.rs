//! From a route to the operation that handles it.

use serde_json::{Value, json};

use super::found::Found;
use crate::api::Operation;
use crate::errors::ApiError;
use crate::wire::params::words;
use crate::wire::{Route, expand};
use crate::work::Work;

/// Executes a call.
pub(crate) fn call(work: &mut Work<'_>, route: &Route, params: &Value) -> Result<Found, ApiError> {
    let mut answer = match route {
        Route::Operation(operation, id) => work.operation(*operation, id, params)?,
        Route::Events => return work.list_events(params),
        Route::Event(id) => return work.retrieve_event(id).map(Found::Event),
        Route::CoreEvent(id) => return work.retrieve_event(id).map(Found::CoreEvent),
    };
    for path in words(&params["expand"]) {
        expand::apply(&mut answer, path, &mut |id| work.object(id));
    }
    Ok(Found::Object(answer))
}

impl Work<'_> {
    fn operation(
        &mut self,
        operation: Operation,
        id: &str,
        params: &Value,
    ) -> Result<Value, ApiError> {
        match operation {
            Operation::AccountsList => self.list_accounts(params),
            Operation::AccountsRetrieve => self.retrieve_account(id),
            Operation::AccountsDisconnect => self.disconnect_account(id),
            Operation::AccountsRefresh => self.refresh_account(id, params),
            Operation::AccountsSubscribe => self.subscribe_account(id, params),
            Operation::AccountsUnsubscribe => self.unsubscribe_account(id),
            Operation::AccountsOwners => self.list_owners(id, params),
            Operation::SessionsCreate => self.create_session(params),
            Operation::SessionsRetrieve => self.retrieve_session(id),
            Operation::TransactionsList => self.list_transactions(params),
            Operation::TransactionsRetrieve => self.retrieve_transaction(id),
        }
    }

    /// The object of an id that can be expanded.
    fn object(&self, id: &str) -> Option<Value> {
        if let Some(ownership) = self.ledger.ownerships.by_id(id) {
            let account = self.ledger.accounts.get(ownership.account);
            return Some(ownership.render(&account.id));
        }
        if let Some(customer) = self.ledger.customers.by_id(id) {
            return Some(customer.render(self.tenant.livemode));
        }
        self.stripe_accounts
            .iter()
            .any(|known| known == id)
            .then(|| json!({"id": id, "object": "account", "country": "US", "type": "standard"}))
    }
}
