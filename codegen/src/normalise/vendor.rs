//! What this vendor writes in its own way.

use serde_json::{Value, json};

use super::rust_type;
use crate::schemas::{is_request, reference_to, rewrite};
use crate::{Error, Result, Stage};

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
    rewrite(document, |at, schema| {
        if schema.get("x-expansionResources").is_none() {
            return Ok(false);
        }
        let choices = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let (id, object) = match choices {
            [id, object] => (id, object.clone()),
            [id, objects @ ..] if objects.len() > 1 => (id, json!({ "anyOf": objects })),
            _ => {
                return Err(Error::new(
                    Stage::Normalise,
                    at,
                    "an expandable reference that is not an id and an object",
                    "cut the reference in the slice file",
                ));
            }
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
        if is_range && is_request(at) {
            rust_type::set(schema, "RangeQuery", Vec::new());
        }
        Ok(is_range)
    })
}

pub(super) fn type_clearables(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let choices = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let (empty, mut values): (Vec<Value>, Vec<Value>) = choices
            .iter()
            .cloned()
            .partition(|choice| choice.get("enum") == Some(&json!([""])));
        if empty.len() != 1 || values.is_empty() {
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

pub(super) fn drop_decimals(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_decimal = schema.get("format") == Some(&json!("decimal"));
        if is_decimal && let Some(members) = schema.as_object_mut() {
            members.remove("format");
        }
        Ok(is_decimal)
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

/// In an answer such an object stays raw. As a parameter it is a map of texts, as metadata is.
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
        let is_body = at.segments().last().is_some_and(|last| last == "schema") && is_request(at);
        let is_component = at.segments().len() == 3;
        if !is_free || is_body || is_component {
            return Ok(false);
        }
        match schema.as_object_mut() {
            Some(members) if is_request(at) => {
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
    const NAME: &str = "ObjectType";
    let mut tags = std::collections::BTreeSet::new();
    let count = rewrite(document, |at, schema| {
        if at.segments().last().is_none_or(|last| last != "object") || is_request(at) {
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
        *schema = json!({ "$ref": reference_to(NAME), "x-tag": tag });
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
    {
        components.insert(
            NAME.to_owned(),
            json!({
                "type": "string",
                "enum": tags,
                "description": "The type of an object, as every object names it in `object`.",
                "x-name": NAME,
                "x-values": values,
            }),
        );
    }
    Ok(count)
}

pub(super) fn collect_event_types(document: &mut Value) -> Result<usize> {
    let types = document
        .get(crate::EVENT_TYPES)
        .cloned()
        .unwrap_or_else(|| json!([]));
    let count = types.as_array().map_or(0, Vec::len);
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
            "EventType".to_owned(),
            json!({
                "type": "string",
                "enum": types,
                "description": "What happened, as an event names it in `type`.",
                "x-name": "EventType",
                "x-values": words,
            }),
        );
    }
    Ok(count)
}

pub(super) fn drop_expansion_repeats(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        Ok(schema.as_object_mut().is_some_and(|members| {
            ["x-expansionResources", "x-expandableFields"]
                .map(|member| members.remove(member).is_some())
                .contains(&true)
        }))
    })
}
