//! Names in a path that no parameter declares.

use serde_json::{Value, json};

use crate::template;
use crate::walk::METHODS;

/// Declares them as strings, as the vendor's own libraries take them.
pub(super) fn declare(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let Some(operation) = operation
                .as_object_mut()
                .filter(|_| METHODS.contains(&method.as_str()))
            else {
                continue;
            };
            let parameters = operation
                .entry("parameters")
                .or_insert_with(|| Value::Array(Vec::new()));
            let Some(parameters) = parameters.as_array_mut() else {
                continue;
            };
            for name in template::names(path).unwrap_or_default() {
                let is_declared = parameters
                    .iter()
                    .any(|parameter| parameter["in"] == "path" && parameter["name"] == name);
                if !is_declared {
                    parameters.push(json!({
                        "in": "path",
                        "name": name,
                        "required": true,
                        "schema": { "type": "string" },
                    }));
                }
            }
        }
    }
}
