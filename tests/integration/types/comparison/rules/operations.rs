//! Differences of operations.

use crate::comparison::difference::{Difference, Sides, is};
use crate::comparison::facts::Values;
use crate::comparison::names::pascal;

/// The parameters that the document requires, besides those in the path.
fn required<'s>(it: &Difference<'_>, sides: &'s Sides<'_>) -> Vec<&'s str> {
    let Some(parameters) = sides.document.one(it.place, "parameters") else {
        return Vec::new();
    };
    let fields = sides.document.fields(parameters);
    let is_required = |field: &&str| {
        let place = format!("{parameters}.{field}");
        sides.document.one(&place, "required") == Some("true")
    };
    fields.filter(is_required).collect()
}

pub(super) fn operation_ids(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let said = |keyword| sides.document.one(it.place, keyword).unwrap_or_default();
    let path = said("path").trim_start_matches("/v1");
    it.types.is_empty() && is(it.document, &(pascal(said("method")) + &pascal(path)))
}

pub(super) fn functions(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let expected = match it.keyword {
        "function" => Some(it.place),
        "sent as" => sides.document.one(it.place, "method"),
        _ => None,
    };
    it.document.is_empty() && expected.is_some_and(|expected| is(it.types, expected))
}

pub(super) fn arguments(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let required: Values = required(it, sides).into_iter().map(str::to_owned).collect();
    it.document.is_empty() && *it.types == required
}

pub(super) fn empty_bodies(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let expected = match it.keyword {
        "body" => "an empty form",
        "body required" => "false",
        _ => return false,
    };
    is(it.document, expected)
        && it.types.is_empty()
        && sides.document.one(it.place, "method") == Some("get")
}

pub(super) fn required_bodies(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let is_required = !required(it, sides).is_empty();
    is(it.document, &is_required.to_string())
        && it.types.is_empty()
        && sides.document.one(it.place, "method") == Some("post")
}

pub(super) fn error_answers(it: &Difference<'_>, _: &Sides<'_>) -> bool {
    let expected = match it.keyword {
        "media type" => "application/json",
        "ref" => "ErrorBody",
        _ => return false,
    };
    it.place.ends_with(">default") && is(it.document, expected) && it.types.is_empty()
}

pub(super) fn runtime(it: &Difference<'_>, _: &Sides<'_>) -> bool {
    let expected: &[&str] = match it.keyword {
        "openapi" => &["3.0.0"],
        "security" => &[r#"[{"basicAuth":[]},{"bearerAuth":[]}]"#],
        "security scheme" => &[
            r#"basicAuth {"scheme":"basic","type":"http"}"#,
            r#"bearerAuth {"bearerFormat":"auth-scheme","scheme":"bearer","type":"http"}"#,
        ],
        "server" => &["https://api.stripe.com/"],
        _ => return false,
    };
    let expected: Values = expected.iter().map(|value| (*value).to_owned()).collect();
    it.place == "document" && *it.document == expected && it.types.is_empty()
}
