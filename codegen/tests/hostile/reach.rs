//! Whether everything of a document can be reached in its crate by the name that it has on the wire.
//!
//! The walk is its own: it follows references from the operations that were generated, and knows
//! nothing of how the generator does it.

use std::collections::{BTreeMap, BTreeSet};

use codegen::SliceCrate;
use serde_json::Value;

use crate::declared::{Declared, declared};

/// What is missing.
pub(crate) fn missing(document: &Value, made: &SliceCrate) -> Vec<String> {
    let files: BTreeMap<String, String> = made
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .filter_map(|(path, text)| {
            Some((
                path.strip_prefix("src/generated/")?.to_owned(),
                text.clone(),
            ))
        })
        .collect();
    let text: String = files.values().map(String::as_str).collect();
    let declared = declared(&files);
    let known = Known {
        names: names(&declared),
        text,
    };
    let mut missing = Vec::new();
    for key in &made.report.operations {
        let mut walk = Walk::new(document, &known, made);
        walk.operation(&key.path, &key.method, &declared);
        missing.extend(
            walk.missing
                .into_iter()
                .map(|name| format!("{key}: {name}")),
        );
    }
    missing.sort();
    missing.dedup();
    missing
}

/// Everything that the generated text declares under a name on the wire.
struct Known {
    names: BTreeSet<String>,
    text: String,
}

fn names(declared: &Declared) -> BTreeSet<String> {
    let fields = declared.structs.values().flat_map(BTreeMap::keys);
    let values = declared.enums.values().flatten();
    fields.chain(values).cloned().collect()
}

struct Walk<'d> {
    document: &'d Value,
    known: &'d Known,
    /// Places that are kept as raw JSON: below them everything can be reached.
    untyped: BTreeSet<&'d str>,
    in_request: bool,
    seen: BTreeSet<String>,
    missing: Vec<String>,
}

impl<'d> Walk<'d> {
    fn new(document: &'d Value, known: &'d Known, made: &'d SliceCrate) -> Self {
        Self {
            document,
            known,
            untyped: made.untyped.keys().map(String::as_str).collect(),
            in_request: true,
            seen: BTreeSet::new(),
            missing: Vec::new(),
        }
    }

    fn operation(&mut self, path: &str, method: &str, declared: &Declared) {
        if declared.operation(method, path).is_none() {
            self.missing.push("the operation itself".to_owned());
        }
        let item = &self.document["paths"][path];
        let operation = &item[method];
        for holder in [item, operation] {
            for parameter in holder["parameters"].as_array().into_iter().flatten() {
                let parameter = self.resolved(parameter);
                let name = parameter["name"].as_str().unwrap();
                // What a header is called, and what an option has already, is not told by case.
                let is_known = self.known.names.contains(name)
                    || self.known.text.contains(&format!("{name:?}"))
                    || parameter["in"] == "header";
                if !is_known {
                    self.missing.push(format!("the parameter {name}"));
                }
                self.schema(&parameter["schema"], "");
            }
        }
        let body = self.resolved(&operation["requestBody"]);
        for (_, media) in body["content"].as_object().into_iter().flatten() {
            self.schema(&media["schema"], "");
        }
        self.in_request = false;
        self.seen.clear();
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            if status.starts_with('2') {
                let response = self.resolved(response);
                for (_, media) in response["content"].as_object().into_iter().flatten() {
                    self.schema(&media["schema"], "");
                }
            }
        }
    }

    /// Whether a choice has a type: what has none is raw JSON, in which everything can be reached.
    fn is_typed(&self, member: &str, choices: &[Value]) -> bool {
        let choices: Vec<&Value> = choices
            .iter()
            .filter(|choice| choice["type"] != "null")
            .collect();
        match member {
            _ if choices.len() == 1 => true,
            "allOf" => false,
            _ if self.in_request => true,
            _ => {
                choices.iter().all(|choice| {
                    let target = self.resolved(choice);
                    target["properties"]["object"]["enum"].is_array()
                }) && {
                    let tags: BTreeSet<String> = choices
                        .iter()
                        .map(|choice| {
                            self.resolved(choice)["properties"]["object"]["enum"].to_string()
                        })
                        .collect();
                    tags.len() == choices.len()
                }
            }
        }
    }

    fn resolved(&self, value: &'d Value) -> &'d Value {
        let reference = value["$ref"]
            .as_str()
            .and_then(|text| text.strip_prefix('#'));
        reference.map_or(value, |at| self.document.pointer(at).unwrap())
    }

    fn schema(&mut self, schema: &'d Value, at: &str) {
        if !schema.is_object() || self.untyped.contains(at) {
            return;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let reference = reference.trim_start_matches('#').to_owned();
            if self.seen.insert(reference.clone())
                && let Some(target) = self.document.pointer(&reference)
            {
                self.schema(target, &reference);
            }
            return;
        }
        let is_list = schema["properties"]["object"]["enum"][0] == "list";
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if !is_list && !self.known.names.contains(name) {
                self.missing.push(format!("the property {name}"));
            }
            let is_tag = is_list || (name == "deleted" && property["type"] == "boolean");
            if !is_tag {
                self.schema(property, &format!("{at}/properties/{name}"));
            } else if name == "data" {
                self.schema(&property["items"], "");
            }
        }
        let is_text = schema["type"] == "string";
        // It is what a parameter is cleared with.
        let is_clear = schema["enum"] == serde_json::json!([""]) && self.in_request;
        for value in schema["enum"].as_array().into_iter().flatten() {
            if let Some(value) = value.as_str().filter(|_| is_text)
                && !is_clear
                && !self.known.names.contains(value)
            {
                self.missing.push(format!("the value {value:?}"));
            }
        }
        for member in ["items", "additionalProperties"] {
            self.schema(&schema[member], &format!("{at}/{member}"));
        }
        for member in ["anyOf", "oneOf", "allOf"] {
            let choices = schema[member]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            if !self.is_typed(member, choices) {
                continue;
            }
            for (index, choice) in choices.iter().enumerate() {
                self.schema(choice, &format!("{at}/{member}/{index}"));
            }
        }
    }
}
