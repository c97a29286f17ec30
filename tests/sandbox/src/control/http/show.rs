//! The results of control calls, as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::api::Operation;
use crate::control::handle::Control;
use crate::traffic::Recorded;

pub(super) fn accounts(control: &Control) -> Value {
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

pub(super) fn request(request: &Recorded) -> Value {
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

pub(super) fn effects(control: &Control) -> Value {
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
