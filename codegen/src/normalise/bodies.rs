//! How this vendor wraps what is sent and what is answered.

use serde_json::{Value, json};

use crate::schemas::operations;
use crate::{Error, Result, Stage};

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
                        "teach client/runtime/src/form.rs this encoding, then accept it here",
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
                    "teach client/runtime/src/error/api.rs this form, then accept it here",
                ));
            }
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}
