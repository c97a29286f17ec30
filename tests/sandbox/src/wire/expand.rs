//! Expansion: which paths may be expanded, and putting the objects in.

use serde_json::Value;

use crate::api::Document;
use crate::errors::ApiError;

/// The largest number of levels of a path.
const MAX_DEPTH: usize = 4;

/// Checks the paths of `expand` against the response's schema. This comes before every lookup, and
/// before anything is written.
pub(crate) fn check<'a>(
    schema: &Value,
    paths: impl IntoIterator<Item = &'a str>,
) -> Result<(), ApiError> {
    for path in paths {
        let segments: Vec<&str> = path.split('.').collect();
        if segments.len() > MAX_DEPTH {
            return Err(ApiError::invalid(format!(
                "A property can be expanded {MAX_DEPTH} levels deep at most ({path})."
            )));
        }
        if !expandable(schema, &segments) {
            let hint = if with_prefix(schema, &segments) {
                format!(" On a list, write data.{path} to expand it in every item.")
            } else {
                String::new()
            };
            return Err(ApiError::invalid(format!(
                "This property cannot be expanded ({path}).{hint}"
            )));
        }
    }
    Ok(())
}

fn with_prefix(schema: &Value, segments: &[&str]) -> bool {
    let data = &Document::get().resolve(schema)["properties"]["data"];
    data.is_object() && expandable(data, segments)
}

fn expandable(schema: &Value, segments: &[&str]) -> bool {
    let document = Document::get();
    let schema = document.resolve(schema);
    let [first, rest @ ..] = segments else {
        return true;
    };
    // Objects are in arrays, behind alternatives (id or object), or direct.
    for variant in schema["anyOf"].as_array().into_iter().flatten() {
        if expandable(variant, segments) {
            return true;
        }
    }
    if schema["type"] == "array" {
        return expandable(&schema["items"], segments);
    }
    let listed = schema["x-expandableFields"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|field| field == first);
    listed && expandable(&schema["properties"][*first], rest)
}

/// Expands a path in a response: wherever it ends at, or passes through, an id, the object that
/// `find` gives for it replaces the id.
pub(crate) fn apply(value: &mut Value, path: &str, find: &mut impl FnMut(&str) -> Option<Value>) {
    let segments: Vec<&str> = path.split('.').collect();
    walk(value, &segments, find);
}

fn walk(value: &mut Value, segments: &[&str], find: &mut impl FnMut(&str) -> Option<Value>) {
    match value {
        Value::Array(items) => {
            for item in items {
                walk(item, segments, find);
            }
        }
        Value::Object(object) => {
            let [first, rest @ ..] = segments else { return };
            let Some(field) = object.get_mut(*first) else {
                return;
            };
            if let Some(found) = field.as_str().and_then(&mut *find) {
                *field = found;
            }
            walk(field, rest, find);
        }
        _ => {}
    }
}
