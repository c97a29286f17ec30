//! The event types that a document tells.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pointer::Pointer;

/// The root member of a trimmed document that lists the slice's event types.
pub const EVENT_TYPES: &str = "x-event-types";

/// Every event type of the document, and where they stand; `None` when it does not tell.
///
/// A whole document has them in an enum of the operation that sets up webhooks, a trimmed one in a
/// list of its own.
pub(super) fn known(document: &Value) -> Option<(Pointer, BTreeSet<String>)> {
    let (at, events) = [whole_place(), Pointer::from([EVENT_TYPES])]
        .into_iter()
        .find_map(|at| Some((at.clone(), at.resolve(document)?.as_array()?)))?;
    Some((
        at,
        events
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    ))
}

/// Where a whole document has the event types.
fn whole_place() -> Pointer {
    Pointer::from([
        "paths",
        "/v1/webhook_endpoints",
        "post",
        "requestBody",
        "content",
        "application/x-www-form-urlencoded",
        "schema",
        "properties",
        "enabled_events",
        "items",
        "enum",
    ])
}
