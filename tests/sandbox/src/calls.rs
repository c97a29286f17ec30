//! From an operation to the work that answers it.

use serde_json::{Value, json};

use crate::admission::expansions;
use crate::errors::ApiError;
use crate::expand;
use crate::route::{Operation, Route};
use crate::store::Tenant;
use crate::work::{Cause, Work};
use crate::world::World;

/// Executes a call. Gives its answer, and how many entries of an index that took.
pub(crate) fn call(
    world: &mut World,
    tenant: &Tenant,
    cause: Option<Cause>,
    route: &Route,
    params: &Value,
    version: &str,
) -> (Result<Value, ApiError>, usize) {
    let connected = *tenant != world.platform() && !tenant.livemode;
    let mut work = world.work(tenant, cause);
    let result = match route {
        Route::Operation(operation, id) => work.operation(*operation, id, params),
        Route::Events => work.list_events(params, connected, version),
        Route::Event(id) => work.retrieve_event(id, connected, version),
    };
    let result = result.map(|mut answer| {
        for path in expansions(params) {
            expand::apply(&mut answer, path, &mut |id| work.object(id));
        }
        answer
    });
    (result, work.looked_at)
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

    /// The object of an id that stands where it can be expanded.
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

/// Says so where an id that was not found exists in the other mode.
pub(crate) fn explain_mode(world: &World, tenant: &Tenant, mut error: ApiError) -> ApiError {
    if error.code.as_deref() != Some("resource_missing") {
        return error;
    }
    let other = Tenant {
        livemode: !tenant.livemode,
        ..tenant.clone()
    };
    let id = error.message.split('\'').nth(1).unwrap_or_default();
    let exists = world.ledger(&other).is_some_and(|ledger| {
        ledger.accounts.find(id).is_some()
            || ledger.sessions.find(id).is_some()
            || ledger.transactions.find(id).is_some()
            || ledger.customers.find(id).is_some()
    });
    if exists {
        let (there, here) = if tenant.livemode {
            ("test", "live")
        } else {
            ("live", "test")
        };
        error.message = format!(
            "{}; a similar object exists in {there} mode, but a {here} mode key was used to make \
             this request.",
            error.message
        );
    }
    error
}

/// The parameters of the calls that the document does not describe.
pub(crate) fn event_params(route: &Route) -> Value {
    match route {
        Route::Events => json!({
            "type": "object",
            "properties": {
                "type": {"type": "string"},
                "types": {"type": "array", "items": {"type": "string"}},
                "limit": {"type": "integer"},
                "starting_after": {"type": "string"},
                "ending_before": {"type": "string"},
            },
        }),
        Route::Event(_) | Route::Operation(..) => json!({"type": "object", "properties": {}}),
    }
}
