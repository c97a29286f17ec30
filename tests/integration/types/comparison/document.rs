//! What the document says, and what the overlay marks in it.

use std::collections::BTreeMap;

use codegen::{CUT_REFERENCE, EVENT_TYPES};
use serde_json::{Value, json};

use super::facts::Facts;
use super::names::{self, members};

/// What is said of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// By the document itself.
    pub(crate) facts: Facts,
    /// By the overlay.
    pub(crate) marks: Facts,
}

/// Reads a document that has the overlay's marks in it.
pub(crate) fn read(document: &Value) -> Reading {
    let mut reader = Reader {
        document,
        reading: Reading::default(),
        named: BTreeMap::new(),
    };
    for (component, schema) in members(&document["components"]["schemas"]) {
        let name = names::component(document, &format!("#/components/schemas/{component}"));
        reader.shape(&name, schema);
    }
    for (path, item) in members(&document["paths"]) {
        for (method, operation) in members(item) {
            reader.operation(path, method, operation);
        }
    }
    reader.root();
    let Reader {
        mut reading, named, ..
    } = reader;
    for shape in named.into_values() {
        reading.facts.add(shape.facts);
        reading.marks.add(shape.marks);
    }
    reading
}

struct Reader<'d> {
    document: &'d Value,
    reading: Reading,
    /// The shapes that have a name, so that a second shape of one name is found.
    named: BTreeMap<String, Reading>,
}

/// Words for people, and what only the overlay has a use for.
const PROSE: [&str; 5] = ["description", "example", "externalDocs", "summary", "tags"];

/// The vendor's extensions that say something of the wire, and our marks.
const EXTENSIONS: [&str; 9] = [
    CUT_REFERENCE,
    "x-expandableFields",
    "x-expansionResources",
    "x-id",
    "x-optional",
    "x-resourceId",
    "x-sensitive",
    "x-stripeBypassValidation",
    "x-type",
];

/// Whether a keyword says nothing of the wire.
fn is_prose(keyword: &str) -> bool {
    PROSE.contains(&keyword) || keyword.starts_with("x-") && !EXTENSIONS.contains(&keyword)
}

impl Reader<'_> {
    fn say(&mut self, place: &str, keyword: &str, value: impl Into<String>) {
        self.reading.facts.say(place, keyword, value);
    }

    fn root(&mut self) {
        let document = self.document;
        self.say("document", "version", text(&document["info"]["version"]));
        for (keyword, value) in members(document) {
            match keyword.as_str() {
                "components" | "info" | "paths" | EVENT_TYPES => {}
                keyword if is_prose(keyword) => {}
                "servers" => {
                    for server in value.as_array().into_iter().flatten() {
                        self.say("document", "server", text(&server["url"]));
                    }
                }
                keyword => self.say("document", keyword, text(value)),
            }
        }
        for (name, scheme) in members(&document["components"]["securitySchemes"]) {
            self.say("document", "security scheme", format!("{name} {scheme}"));
        }
        let events = document[EVENT_TYPES]
            .as_array()
            .cloned()
            .unwrap_or_default();
        self.shape("EventType", &json!({ "type": "string", "enum": events }));
    }

    fn operation(&mut self, path: &str, method: &str, operation: &Value) {
        if !operation.is_object() || is_prose(method) {
            return;
        }
        let name = names::operation(method, path);
        let parameters = names::parameters(&name, operation);
        self.say(&name, "method", method);
        self.say(&name, "path", path);
        self.say(&name, "parameters", &parameters);
        self.say(&parameters, "type", "object");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            self.parameter(&name, &parameters, parameter);
        }
        self.body(&name, &parameters, &operation["requestBody"]);
        for (status, answer) in members(&operation["responses"]) {
            let place = format!("{name}>{status}");
            if answer["content"].is_null() {
                self.say(&place, "content", "none");
            }
            for (media_type, media) in members(&answer["content"]) {
                self.say(&place, "media type", media_type);
                self.schema(&place, &media["schema"]);
            }
        }
        for (keyword, value) in members(operation) {
            let elsewhere = ["parameters", "requestBody", "responses"].contains(&keyword.as_str());
            let as_usual = keyword == "deprecated" && value == false;
            if !elsewhere && !as_usual && !is_prose(keyword) {
                self.say(&name, keyword, text(value));
            }
        }
    }

    fn parameter(&mut self, operation: &str, parameters: &str, parameter: &Value) {
        let wire = text(&parameter["name"]);
        let is_path = parameter["in"] == "path";
        let place = if is_path {
            format!("{operation}{{{wire}}}")
        } else {
            format!("{operation}?{wire}")
        };
        let schema_at = if is_path {
            place.clone()
        } else {
            format!("{parameters}.{wire}")
        };
        let required = parameter["required"] == true;
        self.say(&schema_at, "required", required.to_string());
        self.say(
            &place,
            "explode",
            (parameter["explode"] == true).to_string(),
        );
        for (keyword, value) in members(parameter) {
            match keyword.as_str() {
                "name" | "required" | "explode" => {}
                "deprecated" if value == false => {}
                "schema" => self.schema(&schema_at, value),
                keyword if is_prose(keyword) => {}
                keyword => self.say(&place, keyword, text(value)),
            }
        }
    }

    fn body(&mut self, operation: &str, parameters: &str, body: &Value) {
        if body.is_null() {
            return;
        }
        let required = body["required"] == true;
        self.say(operation, "body required", required.to_string());
        if is_empty_form(&body["content"]) {
            self.say(operation, "body", "an empty form");
            return;
        }
        for (media_type, media) in members(&body["content"]) {
            self.say(operation, "body", media_type);
            let schema = &media["schema"];
            for (field, _) in members(&schema["properties"]) {
                self.say(&format!("{operation}?{field}"), "in", "body");
            }
            for (field, encoding) in members(&media["encoding"]) {
                let place = format!("{operation}?{field}");
                for (keyword, value) in members(encoding) {
                    self.say(&place, keyword, text(value));
                }
            }
            self.keywords(parameters, schema);
        }
    }

    /// A schema with a name of its own.
    fn shape(&mut self, name: &str, schema: &Value) {
        let mut inner = Reader {
            document: self.document,
            reading: Reading::default(),
            named: std::mem::take(&mut self.named),
        };
        inner.keywords(name, schema);
        let shape = inner.reading;
        self.named = inner.named;
        match self.named.get(name) {
            Some(known) if known.facts != shape.facts || known.marks != shape.marks => {
                self.say(name, "another shape", schema.to_string());
            }
            _ => {
                self.named.insert(name.to_owned(), shape);
            }
        }
    }

    fn schema(&mut self, place: &str, schema: &Value) {
        let is_type = schema.get("enum").is_some() || schema.get("properties").is_some();
        let Some(name) = schema["x-name"].as_str().filter(|_| is_type) else {
            self.keywords(place, schema);
            return;
        };
        // What belongs to the place rather than to the type.
        let mut members = schema.as_object().cloned().unwrap_or_default();
        let mut here = serde_json::Map::new();
        let enum_only: &[&str] = match members.contains_key("enum") {
            true => &["maxLength", "x-stripeBypassValidation"],
            false => &[],
        };
        for keyword in ["nullable", "x-optional", "x-sensitive"]
            .iter()
            .chain(enum_only)
        {
            here.extend(members.remove_entry(*keyword));
        }
        self.keywords(place, &here.into());
        self.say(place, "ref", name);
        self.shape(name, &members.into());
    }

    fn keywords(&mut self, place: &str, schema: &Value) {
        let Some(all) = schema.as_object() else {
            self.say(place, "schema", schema.to_string());
            return;
        };
        for (keyword, value) in all {
            self.keyword(place, keyword, value);
        }
        let is_closed = all.contains_key("additionalProperties");
        if all.get("type") == Some(&json!("object"))
            && !is_closed
            && !all.contains_key(CUT_REFERENCE)
        {
            self.say(place, "additional", "open");
        }
        let mut required: Vec<String> = list(&schema["required"]);
        for (name, property) in members(&schema["properties"]) {
            let place = format!("{place}.{name}");
            let count = required.len();
            required.retain(|required| required != name);
            self.say(&place, "required", (required.len() < count).to_string());
            self.schema(&place, property);
        }
        for name in required {
            self.say(place, "required without a property", name);
        }
    }

    fn keyword(&mut self, place: &str, keyword: &str, value: &Value) {
        let marks = &mut self.reading.marks;
        match (keyword, value) {
            ("properties" | "required", _) => {}
            ("nullable", Value::Bool(false)) => {}
            ("x-stripeBypassValidation", Value::Bool(false)) => {}
            (keyword, _) if is_prose(keyword) => {}
            ("x-id", id) => marks.say(place, "id", text(id)),
            ("x-type", name) => marks.say(place, "named", text(name)),
            ("x-optional", _) => marks.say(place, "optional", "true"),
            ("x-sensitive", _) => marks.say(place, "sensitive", "true"),
            ("enum" | "x-expandableFields", Value::Array(values)) => values
                .iter()
                .for_each(|value| self.say(place, keyword, text(value))),
            ("items", items) => self.schema(&format!("{place}[]"), items),
            ("additionalProperties", Value::Bool(open)) => {
                self.say(place, "additional", if *open { "open" } else { "closed" });
            }
            ("additionalProperties", values) => {
                self.say(place, "additional", "map");
                self.schema(&format!("{place}{{}}"), values);
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(choices)) => {
                self.say(place, keyword, choices.len().to_string());
                for (index, choice) in choices.iter().enumerate() {
                    self.schema(&format!("{place}|{}", index + 1), choice);
                }
            }
            ("$ref", reference) => {
                let name = names::component(self.document, &text(reference));
                self.say(place, "ref", name);
            }
            ("x-expansionResources", resources) => {
                for choice in resources["oneOf"].as_array().into_iter().flatten() {
                    let name = match choice["$ref"].as_str() {
                        Some(reference) => names::component(self.document, reference),
                        None => text(&choice[CUT_REFERENCE]),
                    };
                    self.say(place, "expands to", name);
                }
            }
            (keyword, value) => self.say(place, keyword, text(value)),
        }
    }
}

/// Whether a body is the form without fields that every GET carries.
fn is_empty_form(content: &Value) -> bool {
    let mut content = content.clone();
    for (_, media) in content.as_object_mut().into_iter().flatten() {
        if let Some(schema) = media["schema"].as_object_mut() {
            schema.retain(|keyword, _| !is_prose(keyword));
        }
    }
    content
        == json!({ "application/x-www-form-urlencoded": {
            "encoding": {},
            "schema": { "additionalProperties": false, "properties": {}, "type": "object" },
        } })
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
