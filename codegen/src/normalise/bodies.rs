//! How this vendor wraps what is sent and what is answered.

use serde_json::Value;

use crate::Result;
use crate::judge::{Body, body};
use crate::schemas::operations;

pub(super) fn drop_empty_bodies(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |_, operation| {
        let is_empty = operation.get("requestBody").is_some() && body(operation) == Ok(None);
        if is_empty && let Some(operation) = operation.as_object_mut() {
            operation.remove("requestBody");
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}

/// The judge has found each of them to be the one that the form encoder writes.
pub(super) fn drop_form_encoding(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |_, operation| {
        let content = operation
            .pointer_mut("/requestBody/content")
            .and_then(Value::as_object_mut);
        for (_, media) in content.into_iter().flatten() {
            let media = media.as_object_mut();
            count += usize::from(media.is_some_and(|media| media.remove("encoding").is_some()));
        }
        Ok(())
    })?;
    Ok(count)
}

/// A body that is offered in several forms is sent in the first that there is.
pub(super) fn choose_body(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |_, operation| {
        let Ok(Some((chosen, _))) = body(operation) else {
            return Ok(());
        };
        let chosen: &'static str = Body::media_type(chosen);
        if let Some(content) = operation
            .pointer_mut("/requestBody/content")
            .and_then(Value::as_object_mut)
        {
            let before = content.len();
            content.retain(|media_type, _| media_type == chosen);
            count += before - content.len();
        }
        Ok(())
    })?;
    Ok(count)
}

/// Of the answers the successful one stays. Several are the same but for their status.
pub(super) fn drop_error_answers(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    operations(document, &mut |_, operation| {
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        if let Some(responses) = responses {
            let before = responses.len();
            let mut has_one = false;
            responses.retain(|status, _| {
                let is_first = status.starts_with('2') && !has_one;
                has_one |= is_first;
                is_first
            });
            count += before - responses.len();
        }
        Ok(())
    })?;
    Ok(count)
}
