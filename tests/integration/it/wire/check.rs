//! Whether the document allows what was sent.

use std::collections::BTreeSet;

use serde_json::Value;

use super::form::{Node, decode};
use super::sent::Sent;
use crate::comparison::names::{self, members};

/// What is wrong with what was sent, by the document; what of it was never sent is wrong as well.
pub(crate) fn problems(document: &Value, sent: &[Sent]) -> Vec<String> {
    let mut check = Check {
        document,
        problems: Vec::new(),
        exercised: BTreeSet::new(),
        of_document: BTreeSet::new(),
    };
    for (path, item) in members(&document["paths"]) {
        for (method, operation) in members(item).filter(|(_, operation)| operation.is_object()) {
            check.operation(&names::operation(method, path), operation);
        }
    }
    for request in sent {
        check.request(request);
    }
    let never = check.of_document.difference(&check.exercised);
    let never = never.map(|place| format!("{place} is never sent"));
    check.problems.into_iter().chain(never).collect()
}

struct Check<'d> {
    document: &'d Value,
    problems: Vec<String>,
    /// Every parameter, value and choice that was sent.
    exercised: BTreeSet<String>,
    /// Every one that there is.
    of_document: BTreeSet<String>,
}

const FORM: &str = "application/x-www-form-urlencoded";

impl<'d> Check<'d> {
    fn operation(&mut self, name: &str, operation: &'d Value) {
        self.of_document.insert(name.to_owned());
        for (wire, parameter) in parameters(operation) {
            self.list(&format!("{name}?{wire}"), parameter.schema);
        }
    }

    /// Lists everything that can be sent at a place.
    fn list(&mut self, place: &str, schema: &'d Value) {
        self.of_document.insert(place.to_owned());
        for value in schema["enum"].as_array().into_iter().flatten() {
            self.of_document.insert(format!("{place}={value}"));
        }
        for (index, choice) in schema["anyOf"].as_array().into_iter().flatten().enumerate() {
            self.list(&format!("{place}|{}", index + 1), choice);
        }
        if schema["items"].is_object() {
            self.list(&format!("{place}[]"), &schema["items"]);
        }
        for (name, property) in members(&schema["properties"]) {
            self.list(&format!("{place}.{name}"), property);
        }
    }

    fn request(&mut self, sent: &Sent) {
        let operation = self.find(sent);
        let Some((template, operation)) = operation else {
            self.problems
                .push(format!("{} {}: no such operation", sent.method, sent.path));
            return;
        };
        let name = names::operation(&sent.method, template);
        if name != sent.by {
            self.problems.push(format!("{} sent {name}", sent.by));
        }
        self.exercised.insert(name.clone());
        let is_get = sent.method == "get";
        let (form, other) = if is_get {
            (&sent.query, &sent.body)
        } else {
            (&sent.body, &sent.query)
        };
        if !other.is_empty() {
            self.problems
                .push(format!("{name}: both a query and a body"));
        }
        if !is_get {
            let accepted = operation["requestBody"]["content"].get(FORM).is_some();
            if sent.content_type.as_deref() != Some(FORM) || !accepted {
                self.problems
                    .push(format!("{name}: a body of type {:?}", sent.content_type));
            }
        }
        let mut form = match decode(form) {
            Ok(form) => form,
            Err(problem) => return self.problems.push(format!("{name}: {problem}")),
        };
        for (segment, value) in template.split('/').zip(sent.path.split('/')) {
            if let Some(wire) = segment.strip_prefix('{') {
                form.insert(
                    wire.trim_end_matches('}').to_owned(),
                    Node::Text(value.to_owned()),
                );
            }
        }
        let parameters = parameters(operation);
        for (wire, parameter) in &parameters {
            let place = format!("{name}?{wire}");
            match form.remove(*wire) {
                Some(node) => self.parameter(&place, parameter, &node),
                None if parameter.required => self.problems.push(format!("{place} is missing")),
                None => {}
            }
        }
        for wire in form.keys() {
            self.problems
                .push(format!("{name}?{wire}: no such parameter"));
        }
    }

    fn parameter(&mut self, place: &str, parameter: &Parameter<'_>, node: &Node) {
        let fits = match (parameter.carrier, parameter.style, node) {
            ("path", "simple", Node::Text(_)) => !parameter.explode,
            ("query" | "body", "form", Node::Text(_)) => parameter.explode,
            ("query" | "body", "deepObject", Node::Nested(_)) => parameter.explode,
            // One side of a choice may be a single value.
            ("query", "deepObject", Node::Text(_)) => parameter.schema["anyOf"].is_array(),
            _ => false,
        };
        if !fits {
            let Parameter { carrier, style, .. } = parameter;
            self.problems
                .push(format!("{place}: not the style {style} of the {carrier}"));
        }
        let mut exercised = BTreeSet::new();
        match value(place, parameter.schema, node, &mut exercised) {
            Ok(()) => self.exercised.extend(exercised),
            Err(problem) => self.problems.push(problem),
        }
    }

    /// The operation that a method and a path mean; a fixed segment goes before one in braces.
    fn find(&self, sent: &Sent) -> Option<(&'d str, &'d Value)> {
        let fits = |template: &str| {
            let (template, path): (Vec<_>, Vec<_>) = (
                template.split('/').collect(),
                sent.path.split('/').collect(),
            );
            template.len() == path.len()
                && template.iter().zip(path).all(|(template, segment)| {
                    *template == segment || template.starts_with('{') && !segment.is_empty()
                })
        };
        let (path, item) = members(&self.document["paths"])
            .filter(|(path, item)| fits(path) && item.get(&sent.method).is_some())
            .min_by_key(|(path, _)| path.matches('{').count())?;
        Some((path, &item[&sent.method]))
    }
}

struct Parameter<'d> {
    schema: &'d Value,
    required: bool,
    carrier: &'d str,
    style: &'d str,
    explode: bool,
}

/// All parameters of an operation: in the path, in the query and in the body.
fn parameters(operation: &Value) -> Vec<(&str, Parameter<'_>)> {
    let listed = operation["parameters"].as_array().into_iter().flatten();
    let mut all: Vec<_> = listed
        .map(|parameter| {
            let of = Parameter {
                schema: &parameter["schema"],
                required: parameter["required"] == true,
                carrier: parameter["in"].as_str().unwrap_or_default(),
                style: parameter["style"].as_str().unwrap_or_default(),
                explode: parameter["explode"] == true,
            };
            (parameter["name"].as_str().unwrap_or_default(), of)
        })
        .collect();
    let media = &operation["requestBody"]["content"][FORM];
    let required = media["schema"]["required"].as_array();
    for (name, schema) in members(&media["schema"]["properties"]) {
        let encoding = &media["encoding"][name.as_str()];
        let of = Parameter {
            schema,
            required: required.is_some_and(|all| all.iter().any(|it| it == name)),
            carrier: "body",
            // What OpenAPI means by saying nothing.
            style: encoding["style"].as_str().unwrap_or("form"),
            explode: encoding["explode"] != false,
        };
        all.push((name, of));
    }
    all
}

/// Whether a schema allows what was sent; what of it was sent is added to `exercised`.
fn value(
    place: &str,
    schema: &Value,
    node: &Node,
    exercised: &mut BTreeSet<String>,
) -> Result<(), String> {
    let refused = |what: &str| Err(format!("{place}: {node:?} is not {what}"));
    exercised.insert(place.to_owned());
    if let Some(choices) = schema["anyOf"].as_array() {
        for (index, choice) in choices.iter().enumerate() {
            let mut within = BTreeSet::new();
            if value(&format!("{place}|{}", index + 1), choice, node, &mut within).is_ok() {
                exercised.extend(within);
                return Ok(());
            }
        }
        return refused("of any choice");
    }
    match (schema["type"].as_str(), node) {
        (Some("string"), Node::Text(text)) => {
            let longest = schema["maxLength"].as_u64();
            if longest.is_some_and(|longest| text.chars().count() as u64 > longest) {
                return refused("short enough");
            }
            let Some(values) = schema["enum"].as_array() else {
                return Ok(());
            };
            match values.iter().find(|value| *value == text) {
                Some(value) => {
                    exercised.insert(format!("{place}={value}"));
                    Ok(())
                }
                None => refused("among the values"),
            }
        }
        (Some("integer"), Node::Text(text)) if text.parse::<i64>().is_ok() => Ok(()),
        (Some("boolean"), Node::Text(text)) if ["true", "false"].contains(&text.as_str()) => Ok(()),
        (Some("array"), Node::Nested(items)) => (0..items.len()).try_for_each(|index| {
            let Some(item) = items.get(&index.to_string()) else {
                return refused("a list without gaps");
            };
            value(&format!("{place}[]"), &schema["items"], item, exercised)
        }),
        (Some("object"), Node::Nested(fields)) => {
            for (name, field) in fields {
                let Some(property) = schema["properties"].get(name) else {
                    return Err(format!("{place}.{name}: no such field"));
                };
                value(&format!("{place}.{name}"), property, field, exercised)?;
            }
            let required = schema["required"].as_array().into_iter().flatten();
            let mut required = required.filter_map(Value::as_str);
            match required.find(|name| !fields.contains_key(*name)) {
                Some(missing) => Err(format!("{place}.{missing} is missing")),
                None => Ok(()),
            }
        }
        (kind, _) => refused(kind.unwrap_or("of any type")),
    }
}
