//! The control handle over HTTP: JSON in, JSON out.

use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::fields::{Fields, missing};
use super::list::{CALLS, PREFIX};
use super::{read, show};
use crate::control::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{DeactivationCause, Feature, TransactionStatus};
use crate::wire::{Incoming, Node};
use crate::world::Shared;

/// Executes a control request. Returns a status and a body.
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

/// `?account=acct_…&livemode=true` selects the tenant.
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
        ("GET", ["accounts"]) => show::accounts(control),
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
            "requests": control.requests().iter().map(show::request).collect::<Vec<_>>(),
        }),
        ("DELETE", ["requests"]) => {
            control.clear_requests();
            done()
        }
        ("GET", ["effects"]) => show::effects(control),
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

/// Runs an action on an account; `false` if there is no such action.
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
