//! What this vendor writes in its own way.

use serde_json::{Value, json};

use super::rust_type;
use crate::Result;
use crate::judge::Body;
use crate::schemas::{SENT, is_request, reference_to, rewrite};
use crate::trail::{Segment, Trail};

/// The components that this generator adds, under keys that no document's component has.
const OBJECT_TYPE: &str = "\u{2}ObjectType";
const EVENT_TYPE: &str = "\u{2}EventType";

pub(super) fn type_timestamps(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_time = schema.get("format") == Some(&json!("unix-time"));
        if is_time {
            rust_type::set(schema, "Timestamp", Vec::new());
        }
        Ok(is_time)
    })
}

pub(super) fn keep_cut_references_raw(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_cut = schema.get(crate::CUT_REFERENCE).is_some();
        if is_cut {
            rust_type::set(schema, "RawJson", Vec::new());
            return Ok(true);
        }
        // A choice between objects that are all kept raw is raw as well.
        let all_raw = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .is_some_and(|choices| {
                choices.len() > 1
                    && choices
                        .iter()
                        .all(|choice| rust_type::name(choice) == Some("RawJson"))
            });
        if all_raw {
            rust_type::set(schema, "RawJson", Vec::new());
        }
        Ok(all_raw)
    })
}

pub(super) fn type_expandables(document: &mut Value) -> Result<usize> {
    let is_id = |choice: &Value| rust_type::is_set(choice) || choice["type"] == "string";
    rewrite(document, |at, schema| {
        if schema.get("x-expansionResources").is_none() || is_request(at) {
            return Ok(false);
        }
        let choices = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let (id, object) = match choices {
            [id, object] if is_id(id) => (id, object.clone()),
            [id, objects @ ..] if is_id(id) && objects.len() > 1 => {
                (id, json!({ "anyOf": objects }))
            }
            // Not an id and objects: a choice like any other.
            _ => return Ok(false),
        };
        let parameters = vec![id.clone(), object];
        rust_type::set(schema, "Expandable", parameters);
        Ok(true)
    })
}

pub(super) fn unwrap_single_choices(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let Some(members) = schema.as_object_mut() else {
            return Ok(false);
        };
        let Some([single]) = members
            .get("anyOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        else {
            return Ok(false);
        };
        let single = single.as_object().cloned().unwrap_or_default();
        members.remove("anyOf");
        members.extend(single);
        Ok(true)
    })
}

pub(super) fn type_ranges(document: &mut Value) -> Result<usize> {
    rewrite(document, |at, schema| {
        let choices = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let is_range = choices.len() == 2
            && choices
                .iter()
                .any(|choice| choice.get("type") == Some(&json!("integer")))
            && choices.iter().any(|choice| {
                choice
                    .get("properties")
                    .and_then(Value::as_object)
                    .is_some_and(|bounds| {
                        ["gt", "gte", "lt", "lte"]
                            .iter()
                            .eq(bounds.keys().collect::<std::collections::BTreeSet<_>>())
                    })
            });
        // Only a form can hold either.
        let is_typed = is_range && is_request(at) && !is_json(at);
        if is_typed {
            rust_type::set(schema, "RangeQuery", Vec::new());
        }
        Ok(is_typed)
    })
}

pub(super) fn type_clearables(document: &mut Value) -> Result<usize> {
    rewrite(document, |at, schema| {
        let choices = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let (empty, mut values): (Vec<Value>, Vec<Value>) = choices
            .iter()
            .cloned()
            .partition(|choice| choice.get("enum") == Some(&json!([""])));
        if empty.len() != 1 || values.is_empty() || !is_request(at) {
            return Ok(false);
        }
        let value = if values.len() == 1 {
            values.remove(0)
        } else {
            json!({ "anyOf": values })
        };
        rust_type::set(schema, "Clearable", vec![value]);
        Ok(true)
    })
}

pub(super) fn drop_formats(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let members = schema.as_object_mut();
        Ok(members.is_some_and(|members| members.remove("format").is_some()))
    })
}

pub(super) fn drop_value_enums(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_text = schema.get("type") == Some(&json!("string"));
        let has_enum = !is_text && schema.get("enum").is_some();
        if has_enum && let Some(members) = schema.as_object_mut() {
            members.remove("enum");
        }
        Ok(has_enum)
    })
}

pub(super) fn type_numbers(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_number = schema.get("type") == Some(&json!("number"));
        if is_number {
            rust_type::set(schema, "Number", Vec::new());
        }
        Ok(is_number)
    })
}

/// In JSON such an object stays raw. As a parameter of a form it is a map of texts, as metadata is.
pub(super) fn type_free_objects(document: &mut Value) -> Result<usize> {
    rewrite(document, |at, schema| {
        let is_free = schema.get("type") == Some(&json!("object"))
            && schema
                .get("properties")
                .and_then(Value::as_object)
                .is_none_or(|properties| properties.is_empty())
            && !schema
                .get("additionalProperties")
                .is_some_and(Value::is_object);
        // A body without properties is no parameter but the absence of one.
        let is_body = at.key() == Some("schema") && is_request(at);
        let is_component = at.upwards().count() == 3;
        if !is_free || is_body || is_component {
            return Ok(false);
        }
        match schema.as_object_mut() {
            Some(members) if is_request(at) && !is_json(at) => {
                members.remove("properties");
                members.insert(
                    "additionalProperties".to_owned(),
                    json!({ "type": "string" }),
                );
            }
            _ => rust_type::set(schema, "RawJson", Vec::new()),
        }
        Ok(true)
    })
}

/// Whether a place is in a body that is JSON, or may be.
fn is_json(at: &Trail<'_>) -> bool {
    at.upwards().any(|segment| match segment {
        Segment::Key(key) => key == Body::Json.media_type() || key.starts_with(SENT),
        Segment::Index(_) => false,
    })
}

pub(super) fn type_lists(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_list = schema.pointer("/properties/object/enum") == Some(&json!(["list"]));
        let Some(items) = schema
            .pointer("/properties/data/items")
            .filter(|_| is_list)
            .cloned()
        else {
            return Ok(false);
        };
        rust_type::set(schema, "List", vec![items]);
        Ok(true)
    })
}

pub(super) fn share_object_tags(document: &mut Value) -> Result<usize> {
    let mut tags = std::collections::BTreeSet::new();
    let count = rewrite(document, |at, schema| {
        if at.key() != Some("object") || is_request(at) {
            return Ok(false);
        }
        let Some([Value::String(tag)]) = schema
            .get("enum")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        else {
            return Ok(false);
        };
        tags.insert(tag.clone());
        let tag = tag.clone();
        let description = schema.get("description").cloned();
        *schema = json!({ "$ref": reference_to(OBJECT_TYPE), "x-tag": tag });
        if let (Some(schema), Some(description)) = (schema.as_object_mut(), description) {
            schema.insert("description".to_owned(), description);
        }
        Ok(true)
    })?;
    let values: serde_json::Map<String, Value> = tags
        .iter()
        .map(|tag| (tag.clone(), format!("The text `{tag}`.").into()))
        .collect();
    if let Some(components) = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
        && count > 0
    {
        components.insert(
            OBJECT_TYPE.to_owned(),
            json!({
                "type": "string",
                "enum": tags,
                "description": "The type of an object, as every object names it in `object`.",
                "x-base": "ObjectType",
                "x-values": values,
            }),
        );
    }
    Ok(count)
}

pub(super) fn collect_event_types(document: &mut Value) -> Result<usize> {
    let types = document
        .get(crate::EVENT_TYPES)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let count = types.len();
    let words = document
        .get("x-events")
        .cloned()
        .unwrap_or_else(|| json!({}));
    if let Some(components) = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
        && count > 0
    {
        components.insert(
            EVENT_TYPE.to_owned(),
            json!({
                "type": "string",
                "enum": types,
                "description": "What happened, as an event names it in `type`.",
                "x-base": "EventType",
                "x-values": words,
            }),
        );
    }
    Ok(count)
}
