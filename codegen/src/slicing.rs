//! Slices of other parts of the API: named by path, and written out operation by operation.
//!
//! A slice file may say `include = ["/v1/customers/**"]` instead of listing operations. [`resolve`]
//! writes such a file out against a document. The names come from these rules, where a literal
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
//! operations would get one name, the later in the order of paths gets a number behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use crate::names::{function_name, resource_name, singular, snake_case};
use crate::schemas::referred_by;
use crate::slice::{OperationKey, SliceOperation};
use crate::{Error, Pointer, Result, Slice, Stage};

/// An operation that cannot be generated, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedOperation {
    /// The operation.
    pub key: OperationKey,
    /// What about it cannot be expressed.
    pub reason: String,
}

/// A slice as its file says it, written out against a document.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The operations and the cuts.
    pub slice: Slice,
    /// What the patterns match and the generator cannot express.
    pub refused: Vec<RefusedOperation>,
}

/// Writes a slice out: the operations that `include` matches, and the resources at which references
/// are cut unless the file says where.
///
/// # Errors
///
/// When a pattern matches no operation.
pub fn resolve(document: &Value, mut slice: Slice) -> Result<Resolved> {
    let mut refused = Vec::new();
    let all = operations(document);
    for (index, pattern) in slice.include.iter().enumerate() {
        let matched: Vec<_> = all
            .keys()
            .filter(|key| matches(pattern, &key.path))
            .collect();
        if matched.is_empty() {
            return Err(Error::new(
                Stage::Slice,
                Pointer::from(["include"]).join(index),
                format!("`{pattern}` matches no path of the document"),
                "write a path, or a prefix of paths followed by `/**`",
            ));
        }
        for key in matched {
            if slice.operation(key).is_some()
                || refused
                    .iter()
                    .any(|refused: &RefusedOperation| refused.key == *key)
            {
                continue;
            }
            match inexpressible(all[key]) {
                Some(reason) => refused.push(RefusedOperation {
                    key: key.clone(),
                    reason,
                }),
                None => {
                    let (resource, function) = name(key, all[key], &all);
                    let function = function_name(function);
                    slice.operations.push(SliceOperation {
                        key: key.clone(),
                        resource: resource_name(resource),
                        function,
                    });
                }
            }
        }
    }
    number_names(&mut slice.operations);
    if slice.cut_others {
        slice.cut = other_resources(document, &slice, &all);
    }
    Ok(Resolved { slice, refused })
}

/// The text of a slice file with every operation below `prefix`, to start from.
///
/// # Errors
///
/// When no operation lies below it.
pub fn suggest(document: &Value, prefix: &str) -> Result<String> {
    let pattern = format!("{}/**", prefix.trim_end_matches('/'));
    let Resolved { slice, refused } = resolve(document, Slice::including([pattern]))?;
    let mut text = String::from(
        "# References to these resources are cut: the field stays, as an id or as raw JSON.\n",
    );
    let _ = writeln!(text, "cut = {}\n", toml_list(&slice.cut));
    for operation in &slice.operations {
        let OperationKey { path, method } = &operation.key;
        let (resource, function) = (&operation.resource, &operation.function);
        let _ = writeln!(
            text,
            "[[operations]]\nmethod = \"{method}\"\npath = \"{path}\"\nrust = \"{resource}.{function}\"\n"
        );
    }
    for RefusedOperation { key, reason } in refused {
        let _ = writeln!(text, "# {key} cannot be generated: {reason}.");
    }
    Ok(text)
}

fn toml_list(names: &BTreeSet<String>) -> String {
    match names.len() {
        0 => "[]".to_owned(),
        _ => {
            names.iter().fold("[\n".to_owned(), |text, name| {
                text + &format!("    \"{name}\",\n")
            }) + "]"
        }
    }
}

fn operations(document: &Value) -> BTreeMap<OperationKey, &Value> {
    crate::document::operations(document)
        .map(|(method, path, operation)| (OperationKey::new(method, path), operation))
        .collect()
}

/// Whether a path is the pattern, or below it where it ends in `/**`.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix("/**") {
        Some(prefix) => path
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        None => path == pattern,
    }
}

/// Why an operation cannot be generated, if it cannot.
fn inexpressible(operation: &Value) -> Option<String> {
    let media = |holder: &Value, expected: &str| {
        let content = holder["content"].as_object().into_iter().flatten();
        content
            .map(|(media_type, _)| media_type.clone())
            .find(|media_type| media_type != expected)
    };
    if let Some(other) = media(
        &operation["requestBody"],
        "application/x-www-form-urlencoded",
    ) {
        return Some(format!("its body is `{other}`, and bodies are forms"));
    }
    let responses = operation["responses"].as_object().into_iter().flatten();
    responses
        .filter_map(|(_, response)| media(response, "application/json"))
        .next()
        .map(|other| format!("its answer is `{other}`, and answers are JSON"))
}

/// The resource and the method of an operation, by the rules of this module.
fn name(
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
        .keys()
        .any(|other| other.path.starts_with(&below) && !other.path[below.len()..].contains('/'));
    let is_below_braces = segments.len() > 1 && segments[segments.len() - 2].starts_with('{');
    let method = key.method.as_str();
    let verb = match method {
        "get" => "retrieve",
        "post" => "update",
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
                other => other,
            };
            (resource(&literals), function.to_owned())
        }
        () if is_below_braces => {
            let parent = resource(&literals[..literals.len() - 1]);
            let last = snake_case(last);
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
    words.collect::<Vec<_>>().join("_").replace(['.', '-'], "_")
}

fn answers_list(operation: &Value) -> bool {
    operation
        .pointer("/responses/200/content/application~1json/schema/properties/data")
        .is_some()
}

/// Tells equal names apart by numbers.
fn number_names(operations: &mut [SliceOperation]) {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for operation in operations {
        let count = seen
            .entry((operation.resource.clone(), operation.function.clone()))
            .or_default();
        *count += 1;
        if *count > 1 {
            operation.function += &format!("_{count}");
        }
    }
}

/// The resources that the operations neither answer nor hold in their answers other than by id: a
/// reference to them leads out of the slice. What only errors hold leads out of it too.
fn other_resources(
    document: &Value,
    slice: &Slice,
    all: &BTreeMap<OperationKey, &Value>,
) -> BTreeSet<String> {
    let schemas = &document["components"]["schemas"];
    let answers = slice
        .operations
        .iter()
        .filter_map(|operation| all.get(&operation.key));
    let mut kept = BTreeSet::new();
    for answer in
        answers.flat_map(|operation| operation["responses"].as_object().into_iter().flatten())
    {
        if answer.0 != "default" {
            reach(answer.1, schemas, Expandable::Stop, &|_| true, &mut kept);
        }
    }
    let is_other = |name: &str| {
        let schema = &schemas[name];
        let is_resource = schema.get("x-resourceId").is_some()
            || schema.pointer("/properties/object/enum").is_some();
        is_resource && !kept.contains(name)
    };
    // What would be reached through them need not be cut: it is not reached.
    let mut reached = BTreeSet::new();
    for operation in slice
        .operations
        .iter()
        .filter_map(|operation| all.get(&operation.key))
    {
        reach(
            &operation["responses"],
            schemas,
            Expandable::Follow,
            &|name| !is_other(name),
            &mut reached,
        );
    }
    reached.retain(|name| is_other(name));
    reached
}

/// What to do at a reference that is an id unless it is expanded.
#[derive(Clone, Copy, PartialEq)]
enum Expandable {
    Follow,
    Stop,
}

/// Collects the components that a part of the document leads to. What does not `go_on` is collected
/// and not looked into.
fn reach(
    part: &Value,
    schemas: &Value,
    expandable: Expandable,
    go_on: &dyn Fn(&str) -> bool,
    reached: &mut BTreeSet<String>,
) {
    match part {
        Value::Object(members) => {
            let is_expandable = members.contains_key("x-expansionResources");
            for (key, member) in members {
                match (key.as_str(), referred_by(member)) {
                    ("$ref", Some(name)) => {
                        if reached.insert(name.to_owned()) && go_on(name) {
                            reach(&schemas[name], schemas, expandable, go_on, reached);
                        }
                    }
                    ("x-expansionResources", _) => {}
                    ("anyOf", _) if is_expandable && expandable == Expandable::Stop => {}
                    _ => reach(member, schemas, expandable, go_on, reached),
                }
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| reach(item, schemas, expandable, go_on, reached)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
