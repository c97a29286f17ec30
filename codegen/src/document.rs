//! Reading a text as an OpenAPI document, and refusing what later stages could not work on.

use serde_json::{Map, Value};

use crate::canonical::sorted;
use crate::error::{Error, Result, Stage};
use crate::pointer::Pointer;
use crate::walk::METHODS;

/// The document that `text` holds, as JSON or as YAML.
///
/// # Errors
///
/// When the text is neither, or is not OpenAPI 3.0 or 3.1.
pub fn parse(text: &str) -> Result<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = if text.trim_start().starts_with(['{', '[']) {
        serde_json::from_str(text).map_err(|error| unreadable("JSON", &error))?
    } else {
        let yaml: serde_yaml_ng::Value =
            serde_yaml_ng::from_str(text).map_err(|error| unreadable("YAML", &error))?;
        json(yaml, &Pointer::root())?
    };
    check(&document)?;
    Ok(document)
}

/// Every operation of a parsed document, in the order of its paths and methods.
pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths.into_iter().flat_map(sorted).flat_map(|(path, item)| {
        METHODS
            .iter()
            .filter_map(move |method| Some((*method, path.as_str(), item.get(method)?)))
    })
}

/// The members of the object at `at`.
pub(crate) fn object(
    stage: Stage,
    value: &Value,
    at: impl Into<Pointer>,
) -> Result<&Map<String, Value>> {
    value.as_object().ok_or_else(|| {
        Error::new(
            stage,
            at,
            format!("{} where OpenAPI has an object", a_thing(value)),
            "correct the document, or take one that follows OpenAPI 3.0",
        )
    })
}

/// What a value is, as a message calls it.
pub(crate) fn a_thing(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn check(document: &Value) -> Result<()> {
    let root = object(Stage::Parse, document, Pointer::root())?;
    match root.get("openapi") {
        Some(Value::String(version))
            if version.starts_with("3.0.") || version.starts_with("3.1.") => {}
        Some(version) => {
            return Err(Error::new(
                Stage::Parse,
                ["openapi"],
                format!(
                    "the document follows OpenAPI {}, neither 3.0 nor 3.1",
                    unquoted(version)
                ),
                "take the vendor's document in OpenAPI 3.0",
            ));
        }
        None => {
            return Err(Error::new(
                Stage::Parse,
                ["openapi"],
                "the text does not say that it is an OpenAPI document",
                "give the vendor's OpenAPI document, with its `openapi: 3.0.x`",
            ));
        }
    }
    let info = root.get("info").and_then(|info| info.get("version"));
    if !info.is_some_and(Value::is_string) {
        return Err(Error::new(
            Stage::Parse,
            ["info", "version"],
            "the document does not give its version as a text",
            "take a document with `info.version`: the client sends it with every request",
        ));
    }
    let paths = root.get("paths").unwrap_or(&Value::Null);
    for (path, item) in sorted(object(Stage::Parse, paths, ["paths"])?) {
        object(Stage::Parse, item, ["paths", path])?;
    }
    for (method, path, operation) in operations(document) {
        object(Stage::Parse, operation, ["paths", path, method])?;
    }
    Ok(())
}

fn unreadable(language: &str, error: &dyn std::fmt::Display) -> Error {
    let error = error.to_string();
    let (problem, help) = match error.contains("recursion limit") {
        true => (
            format!("the document is nested too deeply: {error}"),
            "take a document whose schemas refer to components instead of holding one another",
        ),
        false => (
            format!("the text is not {language}: {error}"),
            "give an OpenAPI document as JSON or YAML",
        ),
    };
    Error::new(Stage::Parse, Pointer::root(), problem, help)
}

/// YAML knows keys that JSON does not: `200:` is a number there, and a status here.
fn json(value: serde_yaml_ng::Value, at: &Pointer) -> Result<Value> {
    use serde_yaml_ng::Value as Yaml;
    Ok(match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => number.into(),
            (None, Some(number), _) => number.into(),
            (None, None, number) => number.map_or(Value::Null, Value::from),
        },
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => {
            let items = items.into_iter().enumerate();
            items
                .map(|(index, item)| json(item, &at.join(index)))
                .collect::<Result<_>>()?
        }
        Yaml::Mapping(members) => {
            let mut object = Map::new();
            for (key, member) in members {
                let key = match key {
                    Yaml::String(key) => key,
                    Yaml::Number(key) => key.to_string(),
                    Yaml::Bool(key) => key.to_string(),
                    _ => {
                        return Err(Error::new(
                            Stage::Parse,
                            at,
                            "a key that is neither a text nor a number",
                            "write each key of the document as a text",
                        ));
                    }
                };
                let member = json(member, &at.join(&key))?;
                object.insert(key, member);
            }
            Value::Object(object)
        }
        Yaml::Tagged(tagged) => json(tagged.value, at)?,
    })
}

fn unquoted(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn json_and_yaml_give_one_document() {
        let yaml = "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths:\n  /v1/a:\n    get:\n      \
                    operationId: A\n      responses:\n        200: {description: ''}\n";
        let json = r#"{"openapi":"3.0.0","info":{"title":"T","version":"1"},"paths":{"/v1/a":{"get":
            {"operationId":"A","responses":{"200":{"description":""}}}}}}"#;
        assert_eq!(parse(yaml).unwrap(), parse(json).unwrap());
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(refusal("{\"openapi\": ").contains("the text is not JSON"));
        assert!(refusal("a: [").contains("the text is not YAML"));
        assert!(refusal("just words").contains("a text where OpenAPI has an object"));
        assert!(refusal("{}").contains("does not say that it is an OpenAPI document"));
        assert!(refusal(r#"{"openapi":"3.2.0"}"#).contains("OpenAPI 3.2.0, neither"));
        assert!(refusal(r#"{"swagger":"2.0"}"#).contains("at: #/openapi"));
    }
}
