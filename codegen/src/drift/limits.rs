//! What a change of a keyword does that neither holds schemas nor names fields.

use std::cmp::Ordering;

use serde_json::Value;

use super::effects::Effects;
use super::finding::Direction;

/// The effects of a keyword that is new, gone or another.
pub(super) fn effects(
    keyword: &str,
    was: Option<&Value>,
    now: Option<&Value>,
    direction: Direction,
) -> Effects {
    match keyword {
        // The types of Rust follow these, and JSON's type stays.
        "format" | "enum" => Effects::BREAKS_API,
        // A caller who leaves the field out means something else from now on.
        "default" => direction.pick(Effects::BREAKS_API, Effects::DOCUMENTS),
        "items" => direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH),
        "additionalProperties" => {
            let is_schema = |value: Option<&Value>| value.is_some_and(Value::is_object);
            if is_schema(was) || is_schema(now) {
                direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH)
            } else {
                Effects::DOCUMENTS
            }
        }
        "maxItems" | "maxLength" | "maxProperties" | "maximum" => {
            direction.pick(limit(was, now, Ordering::Less), Effects::DOCUMENTS)
        }
        "minItems" | "minLength" | "minProperties" | "minimum" => {
            direction.pick(limit(was, now, Ordering::Greater), Effects::DOCUMENTS)
        }
        "exclusiveMaximum" | "exclusiveMinimum" | "multipleOf" | "pattern" | "uniqueItems" => {
            let sent = if now.is_none() {
                Effects::ADDS
            } else {
                Effects::BREAKS_API
            };
            direction.pick(sent, Effects::DOCUMENTS)
        }
        "deprecated" | "title" | "xml" => Effects::DOCUMENTS,
        _ if keyword.starts_with("x-") => Effects::DOCUMENTS,
        // Anything that is not known here may change what a value is.
        _ => direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH),
    }
}

/// What a limit does to what is sent: a narrower one refuses calls that were accepted.
fn limit(was: Option<&Value>, now: Option<&Value>, narrower: Ordering) -> Effects {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    match (number(was), number(now)) {
        (Some(_), None) => Effects::ADDS,
        (Some(was), Some(now)) if now.partial_cmp(&was) != Some(narrower) => Effects::ADDS,
        _ => Effects::BREAKS_API,
    }
}
