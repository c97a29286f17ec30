//! The body of an operation.

use serde_json::{Value, json};

use super::problem::{LEAVE_OUT, Problem};
use super::schemas::Schemas;
use crate::pointer::Pointer;
use crate::schemas::referred;
use crate::slice::OperationKey;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// As a form, which is what the vendor's first API takes.
    Form,
    /// As JSON, which is what its second one takes.
    Json,
}

impl Body {
    /// The media type under which a document has it.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Json => "application/json",
        }
    }
}

/// How the body of an operation is written, and its schema. `None` if there is no body, or none that
/// holds anything; an error names the media types of one that has no form here.
pub(crate) fn body(operation: &Value) -> Result<Option<(Body, &Value)>, String> {
    let Some(content) = operation
        .pointer("/requestBody/content")
        .and_then(Value::as_object)
        .filter(|content| !content.is_empty())
    else {
        return Ok(None);
    };
    for body in [Body::Form, Body::Json] {
        if let Some(media) = content.get(body.media_type()) {
            let schema = &media["schema"];
            return Ok((!is_empty(schema)).then_some((body, schema)));
        }
    }
    Err(content.keys().cloned().collect::<Vec<_>>().join("`, `"))
}

/// Every GET of the vendor's carries an empty form.
fn is_empty(schema: &Value) -> bool {
    referred(schema).is_none()
        && schema["properties"]
            .as_object()
            .is_none_or(|it| it.is_empty())
        && schema.get("anyOf").is_none()
        && schema.get("allOf").is_none()
        && matches!(schema["type"].as_str(), Some("object") | None)
        && !schema["additionalProperties"].is_object()
}

pub(super) fn judge(
    operation: &Value,
    key: &OperationKey,
    at: &Pointer,
    schemas: &Schemas<'_>,
    problems: &mut Vec<Problem>,
) {
    let at = at.join("requestBody");
    let body = match body(operation) {
        Ok(None) => return,
        Ok(Some(body)) => body,
        Err(types) => {
            problems.push(Problem::new(
                at.join("content"),
                format!("its body is `{types}`, and bodies are forms or JSON"),
                LEAVE_OUT,
            ));
            return;
        }
    };
    let (kind, schema) = body;
    let at = at.join("content").join(kind.media_type());
    if kind == Body::Json && matches!(key.method.as_str(), "get" | "delete") {
        let method = key.method.to_uppercase();
        problems.push(Problem::new(
            at.clone(),
            format!("a {method} has a JSON body, which no request of that method carries"),
            LEAVE_OUT,
        ));
    }
    let schema_at = at.join("schema");
    if let Some(name) = referred(schema).filter(|name| schemas.is_cut(name)) {
        problems.push(Problem::new(
            schema_at,
            format!("its body is `{name}`, references to which are cut"),
            "take it out of `cut` in the slice file, or leave the operation out",
        ));
        return;
    }
    let object = match referred(schema) {
        Some(name) => schemas.component(name).unwrap_or(schema),
        None => schema,
    };
    // A reference that leads nowhere is told among the schemas.
    if object.get("$ref").is_none() && !object["properties"].is_object() {
        problems.push(Problem::new(
            schema_at,
            "its body is not an object of named parameters",
            LEAVE_OUT,
        ));
    }
    if matches!(key.method.as_str(), "get" | "delete") {
        twice(operation, object, key, &at, problems);
    }
    if kind == Body::Form {
        encodings(operation, object, &at, problems);
    }
}

/// A request of these methods has all of its parameters in the query, those of a body too.
fn twice(
    operation: &Value,
    object: &Value,
    key: &OperationKey,
    at: &Pointer,
    problems: &mut Vec<Problem>,
) {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let in_query = parameters.filter(|parameter| parameter["in"] == "query");
    for name in in_query.filter_map(|parameter| parameter["name"].as_str()) {
        if object["properties"].get(name).is_some() {
            let method = key.method.to_uppercase();
            problems.push(Problem::new(
                at.join("schema").join("properties").join(name),
                format!(
                    "`{name}` is in the query and in the body, and a {method} has only a query"
                ),
                LEAVE_OUT,
            ));
        }
    }
}

/// The form encoder writes deep objects. Of a single value there is only one encoding.
fn encodings(operation: &Value, object: &Value, at: &Pointer, problems: &mut Vec<Problem>) {
    let deep = json!({ "style": "deepObject", "explode": true });
    let media = &operation["requestBody"]["content"][Body::Form.media_type()];
    for (property, encoding) in media["encoding"].as_object().into_iter().flatten() {
        let schema = &object["properties"][property];
        let is_single = matches!(
            schema["type"].as_str(),
            Some("string" | "integer" | "number" | "boolean")
        );
        if *encoding != deep && !is_single {
            problems.push(Problem::new(
                at.join("encoding").join(property),
                format!("`{property}` is encoded in another way than as a deep object"),
                LEAVE_OUT,
            ));
        }
    }
}
