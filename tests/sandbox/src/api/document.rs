//! The trimmed document: the API's schemas, exactly as the vendor has them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::operation::Operation;

/// The document's text, from a link into `openapi/`, so that a package holds a copy of it.
const TEXT: &str = include_str!("../../openapi.json");

/// The document, read once.
pub(crate) struct Document {
    root: Value,
    /// The parameters of each operation, as one object schema.
    params: BTreeMap<Operation, Value>,
}

impl Document {
    /// The embedded document.
    pub(crate) fn get() -> &'static Self {
        static DOCUMENT: OnceLock<Document> = OnceLock::new();
        DOCUMENT.get_or_init(|| {
            // The text is compiled in and read by every test, so a broken one never reaches a user:
            // a null document, with which every response fails, is enough.
            let root = serde_json::from_str(TEXT).unwrap_or(Value::Null);
            let params = Operation::ALL
                .into_iter()
                .map(|operation| (operation, params_of(&root, operation)))
                .collect();
            Self { root, params }
        })
    }

    /// The version that the document describes.
    pub(crate) fn version(&self) -> &str {
        self.root["info"]["version"].as_str().unwrap_or_default()
    }

    pub(crate) fn components(&self) -> &Value {
        &self.root["components"]
    }

    /// The parameters of the query, or of the body, as one object schema.
    pub(crate) fn params(&self, operation: Operation) -> &Value {
        self.params.get(&operation).unwrap_or(&Value::Null)
    }

    /// The schema of an operation's response, or of its errors.
    pub(crate) fn answer(&self, operation: Operation, success: bool) -> &Value {
        let status = if success { "200" } else { "default" };
        &operation_of(&self.root, operation)["responses"][status]["content"]["application/json"]["schema"]
    }

    /// Follows a reference to a schema.
    pub(crate) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        schema["$ref"]
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| self.root.pointer(pointer))
            .unwrap_or(schema)
    }
}

fn operation_of(root: &Value, operation: Operation) -> &Value {
    let method = operation.method().as_str().to_ascii_lowercase();
    &root["paths"][operation.path()][method]
}

fn params_of(root: &Value, operation: Operation) -> Value {
    let described = operation_of(root, operation);
    if operation.writes() {
        return described["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
            .clone();
    }
    let mut properties = Map::new();
    let mut required = Vec::new();
    for param in described["parameters"].as_array().into_iter().flatten() {
        let (Some("query"), Some(name)) = (param["in"].as_str(), param["name"].as_str()) else {
            continue;
        };
        properties.insert(name.to_owned(), param["schema"].clone());
        if param["required"] == true {
            required.push(name);
        }
    }
    json!({"type": "object", "properties": properties, "required": required})
}
