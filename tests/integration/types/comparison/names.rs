//! The names and marks that this project adds to the document.

use std::sync::OnceLock;

use codegen::{OperationKey, Slice};
use serde_json::{Map, Value};
use serde_json_path::{JsonPath, PathElement};

const OVERLAY: &str = include_str!("../../../../openapi/overlay.yaml");
const SLICE: &str = include_str!("../../../../openapi/slice.toml");

/// The committed document, exactly as upstream has it.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        codegen::parse(include_str!(
            "../../../../openapi/financial-connections.json"
        ))
        .unwrap()
    })
}

/// The committed document with the overlay's names and marks in place, and none of its words.
pub(crate) fn marked() -> &'static Value {
    static MARKED: OnceLock<Value> = OnceLock::new();
    MARKED.get_or_init(|| {
        let mut document = document().clone();
        let overlay: Value = serde_yaml_ng::from_str(OVERLAY).unwrap();
        for action in overlay["actions"].as_array().unwrap() {
            let target = JsonPath::parse(action["target"].as_str().unwrap()).unwrap();
            let places: Vec<String> = target
                .query_located(&document)
                .locations()
                .map(|place| place.iter().map(segment).collect())
                .collect();
            for place in places {
                mark(document.pointer_mut(&place).unwrap(), &action["update"]);
            }
        }
        document
    })
}

fn segment(element: &PathElement<'_>) -> String {
    match element {
        PathElement::Name(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        PathElement::Index(index) => format!("/{index}"),
    }
}

/// Only what is an object on both sides is structure; what else an update says, it adds.
fn mark(node: &mut Value, update: &Value) {
    for (key, value) in update.as_object().unwrap() {
        match (&mut node[key.as_str()], value) {
            (inner @ Value::Object(_), Value::Object(_)) => mark(inner, value),
            (there, Value::String(_) | Value::Bool(_)) if key.starts_with("x-") => {
                *there = value.clone();
            }
            (there, _) => {
                let absent = there.is_null();
                if let (true, Some(node)) = (absent, node.as_object_mut()) {
                    node.remove(key);
                }
            }
        }
    }
}

pub(crate) fn slice() -> &'static Slice {
    static SLICE_READ: OnceLock<Slice> = OnceLock::new();
    SLICE_READ.get_or_init(|| Slice::parse(SLICE).unwrap())
}

/// What an operation is called in Rust; method and path where the slice does not have it.
pub(crate) fn operation(method: &str, path: &str) -> String {
    let key = OperationKey::new(method, path);
    slice().operation(&key).map_or_else(
        || key.to_string(),
        |named| format!("{}.{}", named.resource, named.function),
    )
}

/// The name of the struct that holds the parameters of an operation.
pub(crate) fn parameters(rust: &str, operation: &Value) -> String {
    let request = match operation["x-name"].as_str() {
        Some(name) => name.to_owned(),
        None => {
            let (resource, method) = rust.split_once('.').unwrap_or((rust, ""));
            let resource = match method {
                "list" => resource,
                _ => resource.strip_suffix('s').unwrap_or(resource),
            };
            pascal(method) + &pascal(resource)
        }
    };
    request + "Params"
}

/// The name in Rust of the component that a reference names.
pub(crate) fn component(document: &Value, reference: &str) -> String {
    let Some(name) = reference.strip_prefix("#/components/schemas/") else {
        return reference.to_owned();
    };
    let schema = &document["components"]["schemas"][name];
    match schema["x-name"].as_str() {
        Some(name) => name.to_owned(),
        None => format!(
            "{}{}",
            pascal(name),
            if schema.is_null() { "?" } else { "" }
        ),
    }
}

pub(crate) fn pascal(name: &str) -> String {
    name.split(|character: char| !character.is_alphanumeric())
        .flat_map(|word| {
            let mut characters = word.chars();
            characters
                .next()
                .map(|first| first.to_uppercase().chain(characters))
        })
        .flatten()
        .collect()
}

pub(crate) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
