//! The parameters of an operation, outside of its body.

use std::collections::BTreeSet;

use serde_json::Value;

use super::problem::{LEAVE_OUT, Problem};
use crate::pointer::Pointer;
use crate::slice::OperationKey;
use crate::template;

pub(super) fn judge(
    operation: &Value,
    key: &OperationKey,
    at: &Pointer,
    problems: &mut Vec<Problem>,
) {
    let names = template::names(&key.path).unwrap_or_default();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let mut seen = BTreeSet::new();
    for (index, parameter) in parameters.enumerate() {
        let at = at.join("parameters").join(index);
        let Some(name) = parameter["name"].as_str().filter(|name| !name.is_empty()) else {
            // A reference that leads nowhere is told among the schemas.
            if parameter.get("$ref").is_none() && parameter.is_object() {
                let reason = "a parameter has no name";
                problems.push(Problem::new(at, reason, "correct the document"));
            }
            continue;
        };
        let mut problem = |part: &str, reason: String| {
            problems.push(Problem::new(at.join(part), reason, LEAVE_OUT));
        };
        if !seen.insert((parameter["in"].as_str(), name)) {
            problem("name", format!("the parameter `{name}` is declared twice"));
        }
        if parameter.get("content").is_some() {
            problem(
                "content",
                format!("the parameter `{name}` is a document of its own"),
            );
        }
        match parameter["in"].as_str() {
            Some("query") => {}
            Some("path") if !names.contains(&name) => problem(
                "name",
                format!("the parameter `{name}` has no place in the path"),
            ),
            Some("path" | "header") if !is_scalar(&parameter["schema"]) => problem(
                "schema",
                format!("the parameter `{name}` is not a single value, as its place demands"),
            ),
            Some("header") if !is_header(name) => {
                problem("name", format!("`{name}` cannot be the name of a header"))
            }
            Some("path" | "header") => {}
            Some("cookie") => problem("in", format!("the parameter `{name}` is a cookie")),
            _ => problem(
                "in",
                format!("the parameter `{name}` is neither in the path, the query nor a header"),
            ),
        }
    }
}

/// Whether a header is one that every request has an option for, or that the library sets itself.
pub(crate) fn is_option(header: &str) -> bool {
    matches!(
        header.to_ascii_lowercase().as_str(),
        "accept"
            | "authorization"
            | "connection"
            | "content-length"
            | "content-type"
            | "host"
            | "idempotency-key"
            | "stripe-account"
            | "stripe-context"
            | "stripe-version"
            | "te"
            | "transfer-encoding"
            | "upgrade"
            | "user-agent"
    )
}

/// A single value: a text, a number or a flag. A reference is to an enum, or is told among the schemas.
fn is_scalar(schema: &Value) -> bool {
    let holds_more = [
        "anyOf",
        "allOf",
        "items",
        "properties",
        "additionalProperties",
    ]
    .iter()
    .any(|member| schema.get(member).is_some());
    !holds_more && !matches!(schema["type"].as_str(), Some("array" | "object"))
}

fn is_header(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
