//! What this vendor writes in its own way.

use serde_json::{Value, json};

use super::rust_type;
use crate::schemas::{each, is_request, operations};
use crate::{Error, Pointer, Result, Stage};

pub(super) fn drop_empty_bodies(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |_, operation| {
        let is_empty = operation.get("requestBody").is_some_and(|body| {
            body.get("content")
                .and_then(Value::as_object)
                .is_some_and(|content| {
                    content.values().all(|media| {
                        media
                            .pointer("/schema/properties")
                            .and_then(Value::as_object)
                            .is_some_and(|properties| properties.is_empty())
                    })
                })
        });
        if is_empty && let Some(operation) = operation.as_object_mut() {
            operation.remove("requestBody");
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}

pub(super) fn check_form_encoding(document: &mut Value) -> Result<usize> {
    let expected = json!({ "style": "deepObject", "explode": true });
    let mut count = 0;
    operations(document, &mut |at, operation| {
        let Some(content) = operation
            .pointer_mut("/requestBody/content")
            .and_then(Value::as_object_mut)
        else {
            return Ok(());
        };
        for (media_type, media) in content {
            let at = at.join("requestBody").join("content").join(media_type);
            if media_type != "application/x-www-form-urlencoded" {
                return Err(Error::new(
                    Stage::Normalise,
                    at,
                    format!("a body of type `{media_type}`"),
                    "leave the operation out of the slice; bodies are forms",
                ));
            }
            let Some(media) = media.as_object_mut() else {
                continue;
            };
            for (property, encoding) in media
                .get("encoding")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if *encoding != expected {
                    return Err(Error::new(
                        Stage::Normalise,
                        at.join("encoding").join(property),
                        "an encoding other than the deep object that the form encoder writes",
                        "teach client/src/form.rs this encoding, then accept it here",
                    ));
                }
            }
            count += usize::from(media.remove("encoding").is_some());
        }
        Ok(())
    })?;
    Ok(count)
}

pub(super) fn drop_error_answers(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |at, operation| {
        let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        else {
            return Ok(());
        };
        if let Some(default) = responses.remove("default") {
            let schema = default
                .pointer("/content/application~1json/schema/$ref")
                .and_then(Value::as_str);
            if schema != Some("#/components/schemas/error") {
                return Err(Error::new(
                    Stage::Normalise,
                    at.join("responses").join("default"),
                    "an error answer that is not the schema `error`",
                    "teach client/src/error.rs this form, then accept it here",
                ));
            }
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}

pub(super) fn type_ids(document: &mut Value) -> Result<usize> {
    let known: Vec<String> = document
        .get("x-ids")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    rewrite(document, |at, schema| {
        let Some(id) = schema
            .get("x-id")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return Ok(false);
        };
        if !known.contains(&id) {
            return Err(Error::new(
                Stage::Normalise,
                at.join("x-id"),
                format!("`{id}` is not an id type"),
                "describe it in `x-ids` of openapi/overlay.yaml",
            ));
        }
        rust_type::set(schema, &id, Vec::new());
        Ok(true)
    })
}

pub(super) fn type_marked(document: &mut Value) -> Result<usize> {
    rewrite(document, |at, schema| {
        let Some(name) = schema
            .get("x-type")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return Ok(false);
        };
        let fits = match name.as_str() {
            "Currency" => schema.get("type") == Some(&json!("string")),
            "Amounts" => schema.pointer("/additionalProperties/type") == Some(&json!("integer")),
            _ => false,
        };
        if !fits {
            return Err(Error::new(
                Stage::Normalise,
                at.join("x-type"),
                format!("the schema is not one that `{name}` stands for"),
                "mark strings as `Currency` and maps of integers as `Amounts`",
            ));
        }
        rust_type::set(schema, &name, Vec::new());
        Ok(true)
    })
}

pub(super) fn type_timestamps(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let is_time = schema.get("format") == Some(&json!("unix-time"));
        if is_time {
            rust_type::set(schema, "Timestamp", Vec::new());
        }
        Ok(is_time)
    })
}

pub(super) fn relax_marked(document: &mut Value) -> Result<usize> {
    rewrite(document, |_, schema| {
        let Some(members) = schema.as_object_mut() else {
            return Ok(false);
        };
        let relaxed: Vec<String> = members
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(_, property)| property.get("x-optional") == Some(&Value::Bool(true)))
            .map(|(name, _)| name.clone())
            .collect();
        let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) else {
            return Ok(false);
        };
        let before = required.len();
        required.retain(|name| !relaxed.iter().any(|relaxed| name == relaxed));
        Ok(required.len() < before)
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
                        .all(|choice| rust_type_name(choice) == Some("RawJson"))
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
                    "cut the reference in openapi/slice.toml",
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
        *schema = json!({ "$ref": format!("#/components/schemas/{NAME}"), "x-tag": tag });
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

/// The runtime type that a schema has been given.
pub(super) fn rust_type_name(schema: &Value) -> Option<&str> {
    schema
        .get(rust_type::MARK)?
        .get("path")?
        .as_str()?
        .split("::")
        .nth(1)
}

/// Applies `fixup` to every schema, and counts where it did something.
pub(super) fn rewrite(
    document: &mut Value,
    mut fixup: impl FnMut(&Pointer, &mut Value) -> Result<bool>,
) -> Result<usize> {
    let mut count = 0;
    each(document, &mut |at, schema| {
        count += usize::from(fixup(at, schema)?);
        Ok(())
    })?;
    Ok(count)
}
