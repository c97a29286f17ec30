//! The document that the generator is given: nothing but shapes.
//!
//! Every component, property, value, operation and argument has an identifier of its own here, which the
//! generator leaves alone; a table leads back from it. No word of the document, no description, no
//! pattern and no name gets any further, and what the generator would turn into checks or into types of
//! its own (formats, limits, defaults) stays behind. What it has no form for is given a form that it
//! accepts: JSON bodies and empty answers are told apart by the model, not by the generator.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::canonical::sorted;
use crate::judge::{Answer, answer};
use crate::normalise::{RUNTIME, rust_type};
use crate::schemas::{reference_to, referred};
use crate::slice::OperationKey;

/// The document for the generator, and the way back from it.
pub(crate) struct Lowered {
    pub(crate) document: Value,
    pub(crate) table: Table,
}

/// What the identifiers stand for, by their numbers.
#[derive(Default)]
pub(crate) struct Table {
    /// `T000000`, …: the components by their names, each with its fields `f000000`, … or its values
    /// `V000000`, ….
    pub(crate) types: Vec<Component>,
    /// `N0`, `N1`, …: types that are declared without the generator.
    pub(crate) natives: Vec<String>,
    /// `o0`, `o1`, …: the operations, each with its arguments in the order of the path.
    pub(crate) operations: Vec<Operation>,
}

pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) fields: Vec<String>,
    pub(crate) values: Vec<String>,
}

pub(crate) struct Operation {
    pub(crate) key: OperationKey,
    pub(crate) arguments: Vec<String>,
}

/// The identifier of a component. Their order is that of the names: where a circle of types is broken
/// depends on it, and must not depend on how many types there are.
pub(crate) fn type_id(number: usize) -> String {
    format!("T{number:06}")
}

fn field_id(number: usize) -> String {
    format!("f{number:06}")
}

fn value_id(number: usize) -> String {
    format!("V{number:06}")
}

/// How the types of the runtime are called here that stand for a shape: a value that may be null, and
/// one that is kept behind a pointer since it holds itself.
pub(crate) const NULLABLE: &str = "Nullable";
pub(crate) const BOXED: &str = "Boxed";

/// Lowers a normalised document.
pub(crate) fn lower(document: &Value) -> Lowered {
    let components = document["components"]["schemas"].as_object();
    let components: Vec<(&String, &Value)> = components.map(sorted).unwrap_or_default();
    let mut lowering = Lowering {
        numbers: components
            .iter()
            .enumerate()
            .map(|(number, (name, _))| (name.as_str(), number))
            .collect(),
        natives: BTreeMap::new(),
        circular: circular(&components),
        table: Table::default(),
    };
    let mut schemas = Map::new();
    for (number, (name, schema)) in components.iter().enumerate() {
        let lowered = lowering.component(name, schema);
        schemas.insert(type_id(number), lowered);
    }
    let mut paths = Map::new();
    for (method, path, operation) in crate::document::operations(document) {
        let number = lowering.table.operations.len();
        let (path, item) = lowering.operation(number, OperationKey::new(method, path), operation);
        paths.insert(path, item);
    }
    Lowered {
        document: json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "" },
            "paths": paths,
            "components": { "schemas": schemas },
        }),
        table: lowering.table,
    }
}

struct Lowering<'d> {
    numbers: BTreeMap<&'d str, usize>,
    natives: BTreeMap<String, usize>,
    /// The components that hold themselves.
    circular: BTreeSet<&'d str>,
    table: Table,
}

impl Lowering<'_> {
    fn component(&mut self, name: &str, schema: &Value) -> Value {
        let mut component = Component {
            name: name.to_owned(),
            fields: Vec::new(),
            values: Vec::new(),
        };
        let lowered = match schema["enum"].as_array() {
            Some(values) => {
                let texts = values.iter().filter_map(Value::as_str);
                component.values = texts.map(str::to_owned).collect();
                let values: Vec<String> = (0..component.values.len()).map(value_id).collect();
                json!({ "type": "string", "enum": values })
            }
            None => {
                let properties = schema["properties"].as_object();
                let properties = properties.map(sorted).unwrap_or_default();
                let required: BTreeSet<&str> = schema["required"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                let mut fields = Map::new();
                let mut demanded = Vec::new();
                for (number, (name, property)) in properties.into_iter().enumerate() {
                    fields.insert(field_id(number), self.property(property));
                    if required.contains(name.as_str()) {
                        demanded.push(field_id(number));
                    }
                    component.fields.push(name.clone());
                }
                json!({ "type": "object", "properties": fields, "required": demanded })
            }
        };
        self.table.types.push(component);
        lowered
    }

    /// The schema of a property: whether it may be absent is told by what is required.
    fn property(&mut self, schema: &Value) -> Value {
        let mut lowered = self.shape(schema, false);
        if schema["nullable"] == true && is_collection(schema) {
            lowered["nullable"] = true.into();
        }
        lowered
    }

    /// The schema of what stands inside of another one.
    fn inner(&mut self, schema: &Value, is_held: bool) -> Value {
        let lowered = self.shape(schema, is_held);
        match schema["nullable"] == true {
            true => native(NULLABLE, vec![lowered]),
            false => lowered,
        }
    }

    /// The shape of a schema. One `is_held` directly where nothing else stands between it and itself.
    fn shape(&mut self, schema: &Value, is_held: bool) -> Value {
        if let Some(name) = referred(schema) {
            let Some(number) = self.numbers.get(name) else {
                return json!({});
            };
            let reference = json!({ "$ref": reference_to(&type_id(*number)) });
            return match is_held && self.circular.contains(name) {
                true => native(BOXED, vec![reference]),
                false => reference,
            };
        }
        if let Some(name) = rust_type::name(schema) {
            let is_held = matches!(name, "Either" | "Clearable");
            let parameters = schema[rust_type::MARK]["parameters"].as_array();
            let parameters = parameters
                .into_iter()
                .flatten()
                .map(|parameter| self.inner(parameter, is_held))
                .collect();
            return match RUNTIME_TYPES.contains(&name) {
                true => native(name, parameters),
                false => native(&self.native(name), parameters),
            };
        }
        match schema["type"].as_str() {
            Some("array") => {
                let items = self.inner(&schema["items"], false);
                json!({ "type": "array", "items": items })
            }
            Some("object") if schema["additionalProperties"].is_object() => {
                let values = self.inner(&schema["additionalProperties"], false);
                json!({ "type": "object", "additionalProperties": values })
            }
            Some(ty @ ("boolean" | "integer" | "string")) => json!({ "type": ty }),
            _ => json!({}),
        }
    }

    /// The identifier of a type that is declared without the generator.
    fn native(&mut self, name: &str) -> String {
        let next = self.table.natives.len();
        let number = *self.natives.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.table.natives.push(name.to_owned());
        }
        format!("N{number}")
    }

    fn operation(
        &mut self,
        number: usize,
        key: OperationKey,
        operation: &Value,
    ) -> (String, Value) {
        let names = crate::template::names(&key.path).unwrap_or_default();
        let mut path = format!("/o{number}");
        let mut parameters = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let declared = operation["parameters"].as_array().into_iter().flatten();
            let schema = declared
                .filter(|parameter| parameter["in"] == "path" && parameter["name"] == *name)
                .map(|parameter| &parameter["schema"])
                .next();
            let schema = schema.map_or_else(|| json!({}), |schema| self.shape(schema, false));
            let schema = match schema == json!({}) {
                true => json!({ "type": "string" }),
                false => schema,
            };
            path += &format!("/{{a{index}}}");
            parameters.push(json!({
                "in": "path", "name": format!("a{index}"), "required": true, "schema": schema,
            }));
        }
        let body =
            &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
        let body = self.shape(body, false);
        let responses = match answer(operation) {
            Ok(Answer::Json(schema)) => {
                let schema = self.inner(schema, false);
                json!({ "200": { "description": "", "content": { "application/json": { "schema": schema } } } })
            }
            _ => json!({ "204": { "description": "" } }),
        };
        let item = json!({ "post": {
            "operationId": format!("o{number}"),
            "parameters": parameters,
            "requestBody": { "required": true, "content": {
                "application/x-www-form-urlencoded": { "schema": body },
            } },
            "responses": responses,
        } });
        let arguments = names.into_iter().map(str::to_owned).collect();
        self.table.operations.push(Operation { key, arguments });
        (path, item)
    }
}

/// The types of the runtime that a schema can stand for.
pub(crate) const RUNTIME_TYPES: [&str; 10] = [
    "Amounts",
    "Clearable",
    "Currency",
    "Either",
    "Expandable",
    "List",
    "Number",
    "RangeQuery",
    "RawJson",
    "Timestamp",
];

fn native(name: &str, parameters: Vec<Value>) -> Value {
    json!({ rust_type::MARK: {
        "crate": RUNTIME, "version": "*", "path": format!("{RUNTIME}::{name}"), "parameters": parameters,
    } })
}

fn is_collection(schema: &Value) -> bool {
    schema["type"] == "array" || schema["additionalProperties"].is_object()
}

/// The components that are sent and lead to themselves, and those that lead to one of them: what is
/// left when all that lead nowhere are taken away, one after another.
fn circular<'d>(components: &[(&'d String, &'d Value)]) -> BTreeSet<&'d str> {
    let sent = components
        .iter()
        .filter(|(_, schema)| schema["x-params"] == true);
    let mut left: BTreeMap<&str, BTreeSet<&str>> = sent
        .map(|(name, schema)| (name.as_str(), references(schema).into_iter().collect()))
        .collect();
    let names: BTreeSet<&str> = left.keys().copied().collect();
    let mut users: BTreeMap<&str, Vec<&'d str>> = BTreeMap::new();
    let mut ends = Vec::new();
    for (name, leads_to) in &mut left {
        leads_to.retain(|other| names.contains(other));
        for other in leads_to.iter() {
            users.entry(other).or_default().push(name);
        }
        if leads_to.is_empty() {
            ends.push(*name);
        }
    }
    while let Some(end) = ends.pop() {
        left.remove(end);
        for user in users.remove(end).into_iter().flatten() {
            if let Some(leads_to) = left.get_mut(user) {
                leads_to.remove(end);
                if leads_to.is_empty() {
                    ends.push(user);
                }
            }
        }
    }
    left.into_keys().collect()
}

fn references(part: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut pending = vec![part];
    while let Some(part) = pending.pop() {
        found.extend(referred(part));
        match part {
            Value::Object(members) => pending.extend(members.values()),
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    found
}
