//! What older versions of the API lack: applied to requests, and to responses after their check at
//! the pinned version.
//!
//! An addition is in the versions from the one on that was in force at its date. The dates are those
//! of the official SDK for Node that brought it; what else a version changed is not simulated.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::operation::Operation;

const ACCOUNT: &str = "financial_connections.account";
const SESSION: &str = "financial_connections.session";
/// The version that renamed `filters[countries]` to `filters[country]`.
const ONE_COUNTRY: &str = "2026-09-30";

/// Fields of objects: the object, the path of the field in it, and the version that added it.
const FIELDS: [(&str, &str, &str); 13] = [
    (ACCOUNT, "/account_holder/customer_account", "2025-12-15"),
    (ACCOUNT, "/account_numbers", "2025-11-17"),
    (
        ACCOUNT,
        "/balance_refresh/next_refresh_available_at",
        "2023-10-16",
    ),
    (
        ACCOUNT,
        "/ownership_refresh/next_refresh_available_at",
        "2023-10-16",
    ),
    (ACCOUNT, "/status_details", "2026-06-24"),
    (ACCOUNT, "/subscriptions", "2023-10-16"),
    (ACCOUNT, "/transaction_refresh", "2023-10-16"),
    (SESSION, "/account_holder/customer_account", "2025-12-15"),
    (SESSION, "/filters/account_subcategories", "2024-06-20"),
    (SESSION, "/filters/country", "2026-08-26"),
    (
        SESSION,
        "/filters/require_payment_method_support",
        "2026-07-29",
    ),
    (SESSION, "/limits", "2026-07-29"),
    (SESSION, "/manual_entry", "2026-07-29"),
];

/// Parameters: the operation, the path of the parameter, and the version that added it.
const PARAMETERS: [(Operation, &str, &str); 7] = [
    (
        Operation::AccountsList,
        "/account_holder/customer_account",
        "2025-12-15",
    ),
    (
        Operation::SessionsCreate,
        "/account_holder/customer_account",
        "2025-12-15",
    ),
    (
        Operation::SessionsCreate,
        "/filters/account_subcategories",
        "2024-06-20",
    ),
    (Operation::SessionsCreate, "/filters/country", ONE_COUNTRY),
    (
        Operation::SessionsCreate,
        "/filters/require_payment_method_support",
        "2026-07-29",
    ),
    (Operation::SessionsCreate, "/limits", "2026-07-29"),
    (Operation::SessionsCreate, "/manual_entry", "2026-07-29"),
];

/// Whether a version is older than a date. The names of versions begin with one.
fn is_before(version: &str, date: &str) -> bool {
    version.get(..10).unwrap_or(version) < date
}

/// The parameters of an operation at a version.
pub(crate) fn params_at<'a>(
    operation: Operation,
    version: &str,
    schema: &'a Value,
) -> Cow<'a, Value> {
    let lacking = PARAMETERS
        .iter()
        .filter(|(of, _, since)| *of == operation && is_before(version, since));
    let mut schema = Cow::Borrowed(schema);
    for (_, path, _) in lacking {
        let mut at = schema.to_mut();
        let mut names = path.split('/').skip(1).peekable();
        while let Some(name) = names.next() {
            let Some(properties) = at["properties"].as_object_mut() else {
                break;
            };
            if names.peek().is_none() {
                properties.remove(name);
                break;
            }
            let Some(next) = properties.get_mut(name) else {
                break;
            };
            at = next;
        }
    }
    if operation == Operation::SessionsCreate && is_before(version, ONE_COUNTRY) {
        let filters = &mut schema.to_mut()["properties"]["filters"]["properties"];
        if let Some(filters) = filters.as_object_mut() {
            let country = json!({"type": "string", "maxLength": 5_000});
            filters.insert(
                "countries".to_owned(),
                json!({"type": "array", "items": country}),
            );
        }
    }
    schema
}

/// The parameters of a version as those of the pinned one.
pub(crate) fn modern(operation: Operation, mut params: Value) -> Value {
    if operation == Operation::SessionsCreate
        && let Some(filters) = params["filters"].as_object_mut()
        && let Some(countries) = filters.remove("countries")
        // Only the first one was ever used.
        && let Some(first) = countries.get(0)
    {
        filters.insert("country".to_owned(), first.clone());
    }
    params
}

/// Cuts a response, and every object in it, to a version.
pub(crate) fn cut(value: &mut Value, version: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| cut(item, version)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| cut(field, version));
            cut_object(value, version);
        }
        _ => {}
    }
}

fn cut_object(object: &mut Value, version: &str) {
    let Some(kind) = object["object"].as_str().map(str::to_owned) else {
        return;
    };
    if kind == SESSION && is_before(version, ONE_COUNTRY) {
        let country = object["filters"]
            .get("country")
            .cloned()
            .unwrap_or_default();
        if let Some(filters) = object["filters"].as_object_mut() {
            let countries = if country.is_null() {
                Value::Null
            } else {
                json!([country])
            };
            filters.insert("countries".to_owned(), countries);
        }
    }
    for (of, path, since) in FIELDS {
        if of != kind || !is_before(version, since) {
            continue;
        }
        let (parent, name) = path.rsplit_once('/').unwrap_or_default();
        let parent = object.pointer_mut(parent);
        if let Some(fields) = parent.and_then(Value::as_object_mut) {
            fields.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{FIELDS, PARAMETERS};
    use crate::api::Document;

    fn property<'a>(mut schema: &'a Value, path: &str) -> Option<&'a Value> {
        let document = Document::get();
        for name in path.split('/').skip(1) {
            schema = document.resolve(schema);
            // What may be null is behind an alternative.
            if let Some(first) = schema["anyOf"].get(0) {
                schema = document.resolve(first);
            }
            schema = schema["properties"].get(name)?;
        }
        Some(schema)
    }

    #[test]
    fn every_row_is_in_the_document() {
        let document = Document::get();
        for (object, path, since) in FIELDS {
            let schema = &document.components()["schemas"][object];
            assert!(property(schema, path).is_some(), "{object} {path}");
            assert_eq!(since.len(), 10);
        }
        for (operation, path, since) in PARAMETERS {
            let schema = document.params(operation);
            assert!(property(schema, path).is_some(), "{operation:?} {path}");
            assert_eq!(since.len(), 10);
        }
    }
}
