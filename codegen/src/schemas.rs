//! Visiting every schema of a document, wherever one can stand.

use serde_json::Value;

use crate::Result;
use crate::trail::{Segment, Trail};
use crate::walk::METHODS;

/// The members of a schema that hold one schema each.
const SINGLE: [&str; 3] = ["items", "additionalProperties", "not"];
/// The members of a schema that hold a list of schemas.
const LISTS: [&str; 3] = ["anyOf", "oneOf", "allOf"];

/// Calls `visit` with every schema of the document and its place, inner schemas before outer ones.
pub(crate) fn each(
    document: &mut Value,
    visit: &mut dyn FnMut(&Trail<'_>, &mut Value) -> Result<()>,
) -> Result<()> {
    roots(document, &mut |at, schema| each_within(at, schema, visit))
}

/// Calls `visit` with a schema and every schema in it, inner ones first.
pub(crate) fn each_in(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    let walked = each_within(&Trail::ROOT, schema, &mut |_, schema| {
        visit(schema);
        Ok(())
    });
    debug_assert!(walked.is_ok(), "this visit refuses nothing");
}

/// Applies `fixup` to every schema, and counts where it did something.
pub(crate) fn rewrite(
    document: &mut Value,
    mut fixup: impl FnMut(&Trail<'_>, &mut Value) -> Result<bool>,
) -> Result<usize> {
    let mut count = 0;
    each(document, &mut |at, schema| {
        count += usize::from(fixup(at, schema)?);
        Ok(())
    })?;
    Ok(count)
}

/// Calls `visit` with the schemas that are not inside another one: components, parameters, bodies and
/// answers.
pub(crate) fn roots(
    document: &mut Value,
    visit: &mut dyn FnMut(&Trail<'_>, &mut Value) -> Result<()>,
) -> Result<()> {
    if let Some(components) = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        let at = Trail::ROOT.join("components");
        let at = at.join("schemas");
        for (name, schema) in components {
            visit(&at.join(name), schema)?;
        }
    }
    operations(document, &mut |at, operation| {
        let parameters = at.join("parameters");
        for (index, parameter) in list_mut(operation, "parameters").enumerate() {
            if let Some(schema) = parameter.get_mut("schema") {
                visit(&parameters.join(index).join("schema"), schema)?;
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            contents(&at.join("requestBody"), body, visit)?;
        }
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            let at = at.join("responses");
            for (status, response) in responses {
                contents(&at.join(status), response, visit)?;
            }
        }
        Ok(())
    })
}

/// Calls `visit` with every operation and its place.
pub(crate) fn operations(
    document: &mut Value,
    visit: &mut dyn FnMut(&Trail<'_>, &mut Value) -> Result<()>,
) -> Result<()> {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return Ok(());
    };
    let at = Trail::ROOT.join("paths");
    for (path, item) in paths {
        let at = at.join(path);
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                visit(&at.join(method), operation)?;
            }
        }
    }
    Ok(())
}

/// How a reference to a component schema begins.
const COMPONENT: &str = "#/components/schemas/";

/// The text of a reference to a component schema.
pub(crate) fn reference_to(name: &str) -> String {
    format!("{COMPONENT}{name}")
}

/// The component that a schema is a reference to, if it is one.
pub(crate) fn referred(schema: &Value) -> Option<&str> {
    referred_by(schema.get("$ref")?)
}

/// The component that a reference's text leads to.
pub(crate) fn referred_by(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix(COMPONENT)
}

/// How the key of a component begins that is a copy for what is sent: no document's name does.
pub(crate) const SENT: &str = "\u{1}";

/// Whether a place belongs to what is sent rather than to what is answered.
pub(crate) fn is_request(at: &Trail<'_>) -> bool {
    let mut segments: Vec<_> = at.upwards().collect();
    segments.reverse();
    match segments.as_slice() {
        [Segment::Key("components"), _, Segment::Key(name), ..] => name.starts_with(SENT),
        [Segment::Key("paths"), _, _, Segment::Key(part), ..] => {
            matches!(*part, "requestBody" | "parameters")
        }
        _ => false,
    }
}

fn contents(
    at: &Trail<'_>,
    holder: &mut Value,
    visit: &mut dyn FnMut(&Trail<'_>, &mut Value) -> Result<()>,
) -> Result<()> {
    let Some(content) = holder.get_mut("content").and_then(Value::as_object_mut) else {
        return Ok(());
    };
    let at = at.join("content");
    for (media_type, media) in content {
        if let Some(schema) = media.get_mut("schema") {
            visit(&at.join(media_type).join("schema"), schema)?;
        }
    }
    Ok(())
}

fn each_within(
    at: &Trail<'_>,
    schema: &mut Value,
    visit: &mut dyn FnMut(&Trail<'_>, &mut Value) -> Result<()>,
) -> Result<()> {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let at = at.join("properties");
        for (name, property) in properties {
            each_within(&at.join(name), property, visit)?;
        }
    }
    for member in SINGLE {
        if let Some(inner) = schema.get_mut(member).filter(|inner| inner.is_object()) {
            each_within(&at.join(member), inner, visit)?;
        }
    }
    for member in LISTS {
        let at = at.join(member);
        for (index, inner) in list_mut(schema, member).enumerate() {
            each_within(&at.join(index), inner, visit)?;
        }
    }
    if let Some(rust_type) = schema.get_mut("x-rust-type") {
        let at = at.join("x-rust-type");
        let at = at.join("parameters");
        for (index, inner) in list_mut(rust_type, "parameters").enumerate() {
            each_within(&at.join(index), inner, visit)?;
        }
    }
    visit(at, schema)
}

fn list_mut<'v>(value: &'v mut Value, member: &str) -> impl Iterator<Item = &'v mut Value> {
    value
        .get_mut(member)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Pointer;

    #[test]
    fn every_place_is_visited_inner_first() {
        let mut document = json!({
            "components": {"schemas": {"a": {"properties": {"b": {"items": {"anyOf": [{}, {}]}}}}}},
            "paths": {"/p": {"post": {
                "parameters": [{"schema": {}}],
                "requestBody": {"content": {"f": {"schema": {"additionalProperties": {}}}}},
                "responses": {"200": {"content": {"j": {"schema": {}}}}},
            }}},
        });
        let mut places = Vec::new();
        each(&mut document, &mut |at, _| {
            places.push(Pointer::from(at).to_string());
            Ok(())
        })
        .unwrap();
        assert_eq!(
            places,
            [
                "/components/schemas/a/properties/b/items/anyOf/0",
                "/components/schemas/a/properties/b/items/anyOf/1",
                "/components/schemas/a/properties/b/items",
                "/components/schemas/a/properties/b",
                "/components/schemas/a",
                "/paths/~1p/post/parameters/0/schema",
                "/paths/~1p/post/requestBody/content/f/schema/additionalProperties",
                "/paths/~1p/post/requestBody/content/f/schema",
                "/paths/~1p/post/responses/200/content/j/schema",
            ]
        );
    }
}
