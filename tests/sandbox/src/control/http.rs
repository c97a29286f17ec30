//! The control handle over HTTP, below `/_sandbox`: JSON in, JSON out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::fields::{Fields, missing};
use super::{Control, ControlError, ControlResult, read};
use crate::form::Node;
use crate::kinds::{DeactivationCause, Feature, TransactionStatus};
use crate::log::Recorded;
use crate::message::Incoming;
use crate::route::Operation;
use crate::shared::Shared;

/// Where the control surface is. No address of the API starts like this.
pub(crate) const PREFIX: &str = "/_sandbox";

/// What can be asked for, by method and path.
const CALLS: &[(&str, &str)] = &[
    ("GET /_sandbox", "this list"),
    ("GET /_sandbox/accounts", "every account in short"),
    (
        "POST /_sandbox/accounts",
        "link accounts: customer, customer_account or account, category, subcategory, institution_name, display_name, last4, permissions, supported_payment_method_types, balance {current, available} or null, currency, owners [{name, email, phone, raw_address}], transactions (how many), refreshed [features], count",
    ),
    (
        "POST /_sandbox/accounts/{id}/deactivate",
        "the connection breaks",
    ),
    (
        "POST /_sandbox/accounts/{id}/reactivate",
        "the user links again",
    ),
    (
        "POST /_sandbox/accounts/{id}/disconnect",
        "the user ends the connection",
    ),
    (
        "POST /_sandbox/accounts/{id}/fail_next_refresh",
        "feature, deactivates",
    ),
    (
        "POST /_sandbox/accounts/{id}/transactions",
        "transactions [{amount, description, status, transacted_at}] for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/balance",
        "current, available for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/owners",
        "owners [{name, email, phone, raw_address}] for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/expect_deactivation",
        "date, cause, relink_required",
    ),
    (
        "POST /_sandbox/transactions/{id}",
        "status for the next refresh",
    ),
    ("POST /_sandbox/customers", "count"),
    (
        "POST /_sandbox/connected_accounts",
        "make a connected account",
    ),
    (
        "POST /_sandbox/keys",
        "kind: secret, live, expired, application, or restricted with operations",
    ),
    (
        "POST /_sandbox/sessions/{id}/complete",
        "accounts, as above",
    ),
    ("POST /_sandbox/refreshes/end", "end pending refreshes now"),
    ("POST /_sandbox/seed", "accounts: how many to add in bulk"),
    ("GET /_sandbox/clock", "the time"),
    ("POST /_sandbox/clock", "advance: seconds"),
    ("POST /_sandbox/rate_limits", "enabled"),
    (
        "POST /_sandbox/faults",
        "faults [{operation, skip, times, stage, delay_ms, headers, reply}]; reply is own, truncated, reset, reset_in_body, or {status, code, message} or {status, content_type, body}",
    ),
    ("DELETE /_sandbox/faults", "forget the faults to come"),
    ("GET /_sandbox/requests", "the requests so far"),
    ("DELETE /_sandbox/requests", "forget them"),
    (
        "GET /_sandbox/effects",
        "how many POSTs took effect, by operation and by idempotency key",
    ),
    (
        "POST /_sandbox/webhook_endpoints",
        "url, secret, events, api_version, style (snapshot, thin), copies, shuffled, connect",
    ),
    (
        "POST /_sandbox/webhook_endpoints/{id}/roll_secret",
        "a further secret",
    ),
    (
        "POST /_sandbox/events",
        "type, object: an event that nothing here causes",
    ),
    (
        "GET /_sandbox/deliveries",
        "what became of the deliveries so far",
    ),
];

/// Answers a control request: a status and a body.
pub(crate) fn handle(shared: &Arc<Shared>, incoming: &Incoming) -> (u16, Value) {
    let answer = control_for(shared, &incoming.query).and_then(|control| {
        let fields = fields(&incoming.body)?;
        let path = incoming.path.strip_prefix(PREFIX).unwrap_or_default();
        let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        call(&control, &incoming.method, &path, Fields(fields))
    });
    match answer {
        Ok(Some(body)) => (200, body),
        Ok(None) => {
            let call = format!("{} {}", incoming.method, incoming.path);
            let error = format!("there is no control call {call}; GET {PREFIX} lists them");
            (404, json!({"error": error}))
        }
        Err(error) => (400, json!({"error": error.to_string()})),
    }
}

/// `?account=acct_…&livemode=true` chooses whose data is meant.
fn control_for(shared: &Arc<Shared>, query: &str) -> ControlResult<Control> {
    let mut control = Control::new(Arc::clone(shared));
    let query = Node::decode(query.as_bytes()).map_err(|error| ControlError::new(error.message))?;
    for (name, value) in query {
        match (name.as_str(), value) {
            ("account", Node::Text(id)) => control = control.for_account(id),
            ("livemode", Node::Text(text)) if text == "true" => control = control.in_live_mode(),
            ("livemode", Node::Text(text)) if text == "false" => {}
            (name, _) => {
                return Err(ControlError::new(format!(
                    "`{name}` is not understood; the query takes account and livemode"
                )));
            }
        }
    }
    Ok(control)
}

fn fields(body: &[u8]) -> ControlResult<Map<String, Value>> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(ControlError::new("the body must be a JSON object")),
        Err(error) => Err(ControlError::new(format!("the body is not JSON: {error}"))),
    }
}

fn call(
    control: &Control,
    method: &Method,
    path: &[&str],
    mut fields: Fields,
) -> ControlResult<Option<Value>> {
    let done = || json!({});
    let answer = match (method.as_str(), path) {
        ("GET", []) => CALLS
            .iter()
            .map(|(call, what)| ((*call).to_owned(), Value::from(*what)))
            .collect(),
        ("GET", ["accounts"]) => accounts(control),
        ("POST", ["accounts"]) => {
            let count = fields.count("count", 1)?;
            let new = read::account(&mut fields)?;
            let ids: Vec<String> = (0..count).map(|_| control.create_account(&new)).collect();
            json!({"ids": ids})
        }
        ("POST", ["accounts", id, action]) => match on_account(control, id, action, &mut fields)? {
            true => done(),
            false => return Ok(None),
        },
        ("POST", ["transactions", id]) => {
            let status = fields.word("status", TransactionStatus::from_word)?;
            let status = status.ok_or_else(|| missing("status"))?;
            control.change_transaction(id, status)?;
            done()
        }
        ("POST", ["customers"]) => {
            let count = fields.count("count", 1)?;
            let ids: Vec<String> = (0..count).map(|_| control.create_customer()).collect();
            json!({"ids": ids})
        }
        ("POST", ["connected_accounts"]) => json!({"id": control.create_connected_account()}),
        ("POST", ["keys"]) => json!({"key": control.create_key(read::key_kind(&mut fields)?)}),
        ("POST", ["sessions", id, "complete"]) => {
            let accounts = fields.objects("accounts", read::account)?;
            json!({"ids": control.complete_session(id, &accounts)?})
        }
        ("POST", ["refreshes", "end"]) => {
            control.end_refreshes();
            done()
        }
        ("POST", ["seed"]) => {
            control.seed_accounts(fields.count("accounts", 0)?);
            done()
        }
        ("GET", ["clock"]) => json!({"now": control.now()}),
        ("POST", ["clock"]) => {
            let seconds = fields.count("advance", 0)?;
            control.advance(Duration::from_secs(seconds as u64));
            json!({"now": control.now()})
        }
        ("POST", ["rate_limits"]) => {
            control.set_rate_limits(fields.flag("enabled")?);
            done()
        }
        ("POST", ["faults"]) => {
            for fault in fields.objects("faults", read::fault)? {
                control.add_fault(fault);
            }
            done()
        }
        ("DELETE", ["faults"]) => json!({"forgotten": control.clear_faults()}),
        ("GET", ["requests"]) => json!({
            "requests": control.requests().iter().map(request).collect::<Vec<_>>(),
        }),
        ("DELETE", ["requests"]) => {
            control.clear_requests();
            done()
        }
        ("GET", ["effects"]) => effects(control),
        ("POST", ["webhook_endpoints"]) => {
            let endpoint = control.create_webhook_endpoint(read::endpoint(&mut fields)?)?;
            json!({"id": endpoint.id, "secret": endpoint.secret})
        }
        ("POST", ["webhook_endpoints", id, "roll_secret"]) => {
            json!({"secret": control.roll_webhook_secret(id)?})
        }
        ("POST", ["events"]) => {
            let kind = fields.text("type")?.ok_or_else(|| missing("type"))?;
            json!({"id": control.send_event(&kind, fields.object("object")?)})
        }
        ("GET", ["deliveries"]) => {
            let delivered = control.deliveries();
            let delivered = delivered.iter().map(|delivered| {
                json!({
                    "endpoint": delivered.endpoint,
                    "event": delivered.event,
                    "attempt": delivered.attempt,
                    "status": delivered.status,
                })
            });
            json!({"deliveries": delivered.collect::<Vec<_>>()})
        }
        _ => return Ok(None),
    };
    fields.end()?;
    Ok(Some(answer))
}

/// Does something to an account; `false` when there is no such action.
fn on_account(
    control: &Control,
    id: &str,
    action: &str,
    fields: &mut Fields,
) -> ControlResult<bool> {
    match action {
        "deactivate" => control.deactivate(id)?,
        "reactivate" => control.reactivate(id)?,
        "disconnect" => control.disconnect(id)?,
        "fail_next_refresh" => {
            let feature = fields.word("feature", Feature::from_word)?;
            let feature = feature.ok_or_else(|| missing("feature"))?;
            if fields.flag("deactivates")? {
                control.break_at_next_refresh(id, feature)?;
            } else {
                control.fail_next_refresh(id, feature)?;
            }
        }
        "transactions" => {
            let transactions = fields.objects("transactions", read::transaction)?;
            control.add_transactions(id, transactions)?;
        }
        "balance" => control.set_balance(id, read::balance(fields)?)?,
        "owners" => control.set_owners(id, fields.objects("owners", read::owner)?)?,
        "expect_deactivation" => {
            let date = fields.integer("date")?.ok_or_else(|| missing("date"))?;
            let cause = fields
                .word("cause", DeactivationCause::from_word)?
                .unwrap_or(DeactivationCause::Unspecified);
            let relink_required = fields.flag("relink_required")?;
            control.expect_deactivation(id, date, cause, relink_required)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn accounts(control: &Control) -> Value {
    let accounts = control.accounts();
    let accounts = accounts.iter().map(|account| {
        json!({
            "id": account.id,
            "category": account.kind.category(),
            "subcategory": account.kind.subcategory(),
            "institution_name": account.institution,
            "status": account.status.as_str(),
            "transactions": account.transactions,
            "has_ownership": account.has_ownership,
        })
    });
    json!({"accounts": accounts.collect::<Vec<_>>()})
}

fn request(request: &Recorded) -> Value {
    json!({
        "number": request.number,
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": request.headers.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>(),
        "body": String::from_utf8_lossy(&request.body),
        "operation": request.operation.map(Operation::name),
        "idempotency_key": request.idempotency_key,
        "request_id": request.request_id,
        "status": request.status,
        "effect": request.effect,
        "replayed": request.replayed,
        "faulted": request.faulted,
        "looked_at": request.looked_at,
    })
}

fn effects(control: &Control) -> Value {
    let mut operations = BTreeMap::<&str, usize>::new();
    let mut keys = BTreeMap::<String, usize>::new();
    for request in control.requests() {
        let Some(operation) = request.operation.filter(|of| of.writes() && request.effect) else {
            continue;
        };
        *operations.entry(operation.name()).or_default() += 1;
        if let Some(key) = request.idempotency_key {
            *keys.entry(key).or_default() += 1;
        }
    }
    json!({"operations": operations, "idempotency_keys": keys})
}
