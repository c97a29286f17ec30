//! Our own words and marks, laid over the trimmed document.
//!
//! The file is an OpenAPI Overlay 1.0 document, read more strictly than the specification asks: an
//! action that matches nothing is an error, and an update can add documentation and marks but no
//! structure. So a name that upstream drops, or that was mistyped here, cannot go unnoticed.

use serde_json::{Map, Value};
use serde_json_path::{JsonPath, PathElement};

use crate::{Error, Pointer, Result, Stage};

/// What an update may add to a place that does not have it yet.
const DOCUMENTATION: [&str; 3] = ["description", "externalDocs", "summary"];

/// Applies the overlay to the document.
pub(crate) fn apply(document: &mut Value, overlay: &str) -> Result<()> {
    let overlay: Value = serde_yaml_ng::from_str(overlay).map_err(|error| {
        Error::new(
            Stage::Overlay,
            Pointer::root(),
            format!("not YAML: {error}"),
            "mend the syntax of openapi/overlay.yaml",
        )
    })?;
    let version = overlay
        .get("overlay")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !version.starts_with("1.0.") {
        return Err(Error::new(
            Stage::Overlay,
            ["overlay"],
            format!("not an OpenAPI Overlay 1.0 document (`overlay` is `{version}`)"),
            "begin the file with `overlay: 1.0.0`",
        ));
    }
    let actions = overlay
        .get("actions")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    actions.iter().enumerate().try_for_each(|(index, action)| {
        apply_action(document, action, &Pointer::from(["actions"]).join(index))
    })
}

fn apply_action(document: &mut Value, action: &Value, at: &Pointer) -> Result<()> {
    let target = action
        .get("target")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let path = JsonPath::parse(target).map_err(|error| {
        Error::new(
            Stage::Overlay,
            at.join("target"),
            format!("`{target}` is not a JSONPath: {error}"),
            "write it as RFC 9535 says",
        )
    })?;
    let Some(update) = action.get("update").and_then(Value::as_object) else {
        return Err(Error::new(
            Stage::Overlay,
            at,
            "the action has no `update`",
            "give it one; `remove` is not supported, since what is dropped is dropped by the slice",
        ));
    };
    let places: Vec<Pointer> = path
        .query_located(document)
        .locations()
        .map(|location| {
            location
                .iter()
                .fold(Pointer::root(), |at, element| match element {
                    PathElement::Name(name) => at.join(name),
                    PathElement::Index(index) => at.join(index),
                })
        })
        .collect();
    if places.is_empty() {
        return Err(Error::new(
            Stage::Overlay,
            at.join("target"),
            format!("`{target}` matches nothing in the document"),
            "name a place that exists, or drop the action if upstream dropped the place",
        ));
    }
    for place in places {
        if let Some(Value::Object(object)) = document.pointer_mut(&place.to_string()) {
            merge(object, update, &place)?;
        } else {
            return Err(Error::new(
                Stage::Overlay,
                at.join("target"),
                format!("`{target}` matches {place}, which is not an object"),
                "point at the object that holds it",
            ));
        }
    }
    Ok(())
}

/// Merges `update` into `object` at the place `at` of the document.
fn merge(object: &mut Map<String, Value>, update: &Map<String, Value>, at: &Pointer) -> Result<()> {
    for (name, value) in update {
        match (object.get_mut(name), value) {
            // A mark or a sentence, whether new or in the place of an earlier action's.
            _ if is_ours(name) && !object_holds_properties(at) => {
                object.insert(name.clone(), value.clone());
            }
            (Some(Value::Object(inner)), Value::Object(update)) => {
                merge(inner, update, &at.join(name))?
            }
            _ => {
                return Err(Error::new(
                    Stage::Overlay,
                    at.join(name),
                    format!("an update would add or change `{name}`, which is structure"),
                    "correct the name; an overlay adds only descriptions, links and `x-` marks",
                ));
            }
        }
    }
    Ok(())
}

fn is_ours(name: &str) -> bool {
    DOCUMENTATION.contains(&name) || name.starts_with("x-")
}

/// Whether the members of the object at this place are named by the API rather than by OpenAPI: a
/// property may well be called `description`.
fn object_holds_properties(at: &Pointer) -> bool {
    at.segments()
        .last()
        .is_some_and(|last| last == "properties")
        && !at
            .segments()
            .iter()
            .rev()
            .skip(1)
            .take(1)
            .any(|previous| previous == "properties")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "components": {"schemas": {"a": {"properties": {"description": {"type": "string"}, "b": {"type": "string"}}}}},
            "paths": {"/p": {"get": {"parameters": [{"name": "x"}, {"name": "y"}]}}},
        })
    }

    fn applied(target: &str, update: &str) -> Result<Value> {
        let mut document = document();
        let overlay =
            format!("overlay: 1.0.0\nactions:\n  - target: {target}\n    update: {update}\n");
        apply(&mut document, &overlay).map(|()| document)
    }

    #[test]
    fn sentences_and_marks_are_added() {
        let document = applied(
            "$.components.schemas.a",
            "{description: S, properties: {b: {description: B, x-id: I}}}",
        )
        .unwrap();
        let schema = &document["components"]["schemas"]["a"];
        assert_eq!(schema["description"], "S");
        assert_eq!(
            schema["properties"]["b"],
            json!({"type": "string", "description": "B", "x-id": "I"})
        );
    }

    #[test]
    fn a_filter_finds_a_parameter() {
        let document = applied(
            "$.paths['/p'].get.parameters[?@.name == 'y']",
            "{description: Y}",
        )
        .unwrap();
        assert_eq!(
            document["paths"]["/p"]["get"]["parameters"],
            json!([{"name": "x"}, {"name": "y", "description": "Y"}])
        );
    }

    #[test]
    fn a_property_called_description_is_structure() {
        let document = applied(
            "$.components.schemas.a",
            "{properties: {description: {description: D}}}",
        )
        .unwrap();
        let property = &document["components"]["schemas"]["a"]["properties"]["description"];
        assert_eq!(*property, json!({"type": "string", "description": "D"}));
    }

    #[test]
    fn what_names_nothing_is_refused() {
        let error = applied("$.components.schemas.z", "{description: S}").unwrap_err();
        assert_eq!(error.pointer().to_string(), "/actions/0/target");
        let error = applied(
            "$.components.schemas.a",
            "{properties: {bb: {description: B}}}",
        )
        .unwrap_err();
        assert_eq!(
            error.pointer().to_string(),
            "/components/schemas/a/properties/bb"
        );
        let error = applied("$.components.schemas.a.properties.b", "{type: integer}").unwrap_err();
        assert_eq!(
            error.pointer().to_string(),
            "/components/schemas/a/properties/b/type"
        );
    }
}
