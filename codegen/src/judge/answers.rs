//! What an operation answers.

use serde_json::Value;

use super::problem::{LEAVE_OUT, Problem};
use crate::pointer::Pointer;

/// What an operation answers when it succeeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Answer<'v> {
    /// JSON of a schema.
    Json(&'v Value),
    /// Nothing.
    Empty,
    /// Bytes of some other media type.
    Bytes,
}

/// What an operation answers when it succeeds, or why that has no form here.
pub(crate) fn answer(operation: &Value) -> Result<Answer<'_>, String> {
    let mut found: Option<Answer<'_>> = None;
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        if !status.starts_with('2') {
            continue;
        }
        let answer = of(response);
        match found {
            Some(other) if other != answer => {
                return Err("its successful answers differ by their status".to_owned());
            }
            _ => found = Some(answer),
        }
    }
    found.ok_or_else(|| "no successful answer of it is described".to_owned())
}

fn of(response: &Value) -> Answer<'_> {
    let content = response["content"].as_object();
    let Some(content) = content.filter(|content| !content.is_empty()) else {
        return Answer::Empty;
    };
    match content.get("application/json") {
        Some(media) => Answer::Json(&media["schema"]),
        None => Answer::Bytes,
    }
}

pub(super) fn judge(operation: &Value, at: &Pointer, problems: &mut Vec<Problem>) {
    if let Err(reason) = answer(operation) {
        problems.push(Problem::new(at.join("responses"), reason, LEAVE_OUT));
    }
}
