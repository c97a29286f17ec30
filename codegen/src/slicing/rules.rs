//! How the operations of a pattern are named.
//!
//! The names come from these rules, where a literal
//! segment is one that is not in braces:
//!
//! | path | method | resource and method |
//! | --- | --- | --- |
//! | ends in a literal that has a page of its own below (`…/customers`, of `…/customers/{id}`) | GET, POST | `customers.list`, `customers.create` |
//! | ends in braces | GET, POST, DELETE | `customers.retrieve`, `.update`, `.delete` |
//! | ends in any other literal below braces (`…/accounts/{account}/refresh`) | POST, GET, DELETE | `accounts.refresh`, `accounts.retrieve_refresh`, `accounts.delete_refresh` |
//! | ends in any other literal (`…/balance`) | GET, POST, DELETE | `balance.retrieve`, `.update`, `.delete`; GET is `.list` where a list is answered, and `/search` is `.search` |
//!
//! A resource is called by all literals of its path behind the version, the last as it is and those
//! before in the singular: `/v1/customers/{customer}/sources` is `customer_sources`. Where two
//! operations would get one name, the later in the order of paths gets a number behind. PUT is called
//! `replace`, and PATCH `modify`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::judge::{Answer, answer};
use crate::names::{ascii_snake, singular};
use crate::slice::OperationKey;

/// Whether a path is the pattern, or below it where it ends in `/**`.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix("/**") {
        Some(prefix) => path
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        None => path == pattern,
    }
}

/// The resource and the method of an operation, by the rules of this module.
pub(super) fn name(
    key: &OperationKey,
    operation: &Value,
    all: &BTreeMap<OperationKey, &Value>,
) -> (String, String) {
    let segments: Vec<&str> = key
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .skip(1)
        .collect();
    let is_literal = |segment: &&&str| !segment.starts_with('{');
    let literals: Vec<&str> = segments.iter().filter(is_literal).copied().collect();
    let ends_in_braces = segments.last().is_some_and(|last| last.starts_with('{'));
    let below = format!("{}/{{", key.path);
    let has_pages = all
        .range(OperationKey::new("", &below)..)
        .take_while(|(other, _)| other.path.starts_with(&below))
        .any(|(other, _)| !other.path[below.len()..].contains('/'));
    let is_below_braces = segments.len() > 1 && segments[segments.len() - 2].starts_with('{');
    let method = key.method.as_str();
    let verb = match method {
        "get" => "retrieve",
        "post" => "update",
        "put" => "replace",
        "patch" => "modify",
        other => other,
    };
    let last = literals.last().copied().unwrap_or("root");
    let answers_list = answers_list(operation);
    match () {
        () if ends_in_braces => (resource(&literals), verb.to_owned()),
        () if last == "search" && literals.len() > 1 => (
            resource(&literals[..literals.len() - 1]),
            "search".to_owned(),
        ),
        () if has_pages || (answers_list && !is_below_braces) => {
            let function = match method {
                "get" => "list",
                "post" => "create",
                _ => verb,
            };
            (resource(&literals), function.to_owned())
        }
        () if is_below_braces => {
            let parent = resource(&literals[..literals.len() - 1]);
            let last = ascii_snake(last);
            let function = match method {
                "post" => last,
                "get" if answers_list => format!("list_{last}"),
                _ => format!("{verb}_{last}"),
            };
            (parent, function)
        }
        () => (resource(&literals), verb.to_owned()),
    }
}

fn resource(literals: &[&str]) -> String {
    let last = literals.len().saturating_sub(1);
    let words = literals.iter().enumerate().map(|(index, literal)| {
        if index == last {
            (*literal).to_owned()
        } else {
            singular(literal)
        }
    });
    ascii_snake(&words.collect::<Vec<_>>().join("_"))
}

fn answers_list(operation: &Value) -> bool {
    match answer(operation) {
        Ok(Answer::Json(schema)) => schema.pointer("/properties/data").is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn operations(document: &Value) -> BTreeMap<OperationKey, &Value> {
        crate::document::operations(document)
            .map(|(method, path, operation)| (OperationKey::new(method, path), operation))
            .collect()
    }

    #[test]
    fn names_follow_the_rules() {
        let list = json!({ "responses": { "200": { "content": { "application/json": { "schema": { "properties": { "data": {} } } } } } } });
        let document = json!({ "paths": {
            "/v1/balance": { "get": {} },
            "/v1/customers": { "get": list, "post": {} },
            "/v1/customers/search": { "get": list },
            "/v1/customers/{customer}": { "get": {}, "post": {}, "delete": {} },
            "/v1/customers/{customer}/sources": { "get": list, "post": {} },
            "/v1/customers/{customer}/sources/{id}": { "get": {} },
            "/v1/customers/{customer}/sources/{id}/verify": { "post": {} },
            "/v1/customers/{customer}/discount": { "get": {}, "delete": {} },
            "/v1/financial_connections/accounts/{account}/owners": { "get": list },
        } });
        let all = operations(&document);
        let names: BTreeMap<String, String> = all
            .iter()
            .map(|(key, operation)| {
                let (resource, function) = name(key, operation, &all);
                (key.to_string(), format!("{resource}.{function}"))
            })
            .collect();
        let expected = [
            ("DELETE /v1/customers/{customer}", "customers.delete"),
            (
                "DELETE /v1/customers/{customer}/discount",
                "customers.delete_discount",
            ),
            ("GET /v1/balance", "balance.retrieve"),
            ("GET /v1/customers", "customers.list"),
            ("GET /v1/customers/search", "customers.search"),
            ("GET /v1/customers/{customer}", "customers.retrieve"),
            (
                "GET /v1/customers/{customer}/discount",
                "customers.retrieve_discount",
            ),
            (
                "GET /v1/customers/{customer}/sources",
                "customer_sources.list",
            ),
            (
                "GET /v1/customers/{customer}/sources/{id}",
                "customer_sources.retrieve",
            ),
            (
                "GET /v1/financial_connections/accounts/{account}/owners",
                "financial_connection_accounts.list_owners",
            ),
            ("POST /v1/customers", "customers.create"),
            ("POST /v1/customers/{customer}", "customers.update"),
            (
                "POST /v1/customers/{customer}/sources",
                "customer_sources.create",
            ),
            (
                "POST /v1/customers/{customer}/sources/{id}/verify",
                "customer_sources.verify",
            ),
        ];
        assert_eq!(
            names,
            expected
                .map(|(key, name)| (key.to_owned(), name.to_owned()))
                .into()
        );
    }

    #[test]
    fn patterns_stop_at_segments() {
        assert!(matches("/v1/customers/**", "/v1/customers"));
        assert!(matches("/v1/customers/**", "/v1/customers/{customer}"));
        assert!(!matches("/v1/customers/**", "/v1/customers_new"));
        assert!(matches("/v1/balance", "/v1/balance"));
        assert!(matches("/**", "/v1/balance"));
    }
}
