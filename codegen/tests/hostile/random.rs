//! Documents of this vendor's shape, drawn at random: names from everywhere where one could be in the
//! way, all forms of parameters, bodies, answers and schemas.

use serde_json::{Map, Value, json};

/// What could be in the way of a name.
const NAMES: [&str; 64] = [
    // Rust's.
    "type",
    "self",
    "Self",
    "async",
    "gen",
    "crate",
    "super",
    "match",
    "true",
    "_",
    "option",
    "Option",
    "vec",
    "String",
    "Box",
    "result",
    "Some",
    "none",
    "into",
    "clone",
    "default",
    "std",
    "core",
    // The runtime's and the generated code's.
    "v1",
    "client",
    "new",
    "raw",
    "share",
    "builder",
    "types",
    "params",
    "requests",
    "objects",
    "enums",
    "send",
    "timeout",
    "header",
    "extra",
    "Extra",
    "RawJson",
    "List",
    "event",
    "Event",
    "unknown_value",
    "UnknownValue",
    "other",
    "ObjectType",
    "service",
    "SERVICE",
    "object",
    "id",
    "data",
    // Written alike, badly or hardly at all.
    "foo_bar",
    "fooBar",
    "foo-bar",
    "FOO_BAR",
    "3d",
    "4",
    "",
    "é",
    "日本",
    "🦀",
    "a.b",
    "+1",
];

const OTHERS: [&str; 8] = [
    "thing",
    "things",
    "create_thing",
    "update_thing_params",
    "list_things",
    "status",
    "kind",
    "name",
];

/// Draws from bytes; when they are used up, everything is the first of its kind.
pub(crate) struct Draw<'b> {
    bytes: &'b [u8],
}

impl<'b> Draw<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    fn below(&mut self, count: usize) -> usize {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                usize::from(*first) % count
            }
            None => 0,
        }
    }

    fn name(&mut self) -> &'static str {
        match self.below(3) {
            0 => OTHERS[self.below(OTHERS.len())],
            _ => NAMES[self.below(NAMES.len())],
        }
    }

    /// A name that is one at all.
    fn word(&mut self) -> &'static str {
        match self.name() {
            "" => "empty",
            name => name,
        }
    }

    pub(crate) fn document(&mut self) -> Value {
        let mut names: Vec<&'static str> = (0..1 + self.below(6)).map(|_| self.word()).collect();
        names.sort_unstable();
        names.dedup();
        let mut schemas = Map::new();
        for name in &names {
            schemas.insert((*name).to_owned(), self.component(&names));
        }
        let mut paths = Map::new();
        for _ in 0..1 + self.below(4) {
            let (path, item) = self.path(&names);
            paths.insert(path, item);
        }
        json!({
            "openapi": (["3.0.0", "3.1.0"])[self.below(2)],
            "info": { "title": "", "version": "2026-01-01" },
            "paths": paths,
            "components": {
                "schemas": schemas,
                "parameters": { "shared": self.parameter("query", &names) },
            },
        })
    }

    fn component(&mut self, names: &[&str]) -> Value {
        match self.below(8) {
            0 => json!({ "type": "string", "enum": self.values(), "nullable": self.below(2) == 1 }),
            1 => json!({ "type": "array", "items": { "type": "string" } }),
            2 => json!({ "anyOf": [reference(names[0]), reference(names[names.len() - 1])] }),
            _ => {
                let mut object = self.object(names, 3);
                if self.below(2) == 0 {
                    object["properties"]["object"] =
                        json!({ "type": "string", "enum": [self.word()] });
                }
                object
            }
        }
    }

    fn values(&mut self) -> Vec<Value> {
        (0..1 + self.below(5)).map(|_| self.name().into()).collect()
    }

    fn object(&mut self, names: &[&str], depth: usize) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for _ in 0..1 + self.below(5) {
            let name = self.word();
            if self.below(3) == 0 {
                required.push(Value::from(name));
            }
            properties.insert(name.to_owned(), self.schema(names, depth));
        }
        json!({ "type": "object", "properties": properties, "required": required })
    }

    fn schema(&mut self, names: &[&str], depth: usize) -> Value {
        let mut schema = self.bare_schema(names, depth);
        if self.below(4) == 0 {
            schema["nullable"] = true.into();
        }
        schema
    }

    fn bare_schema(&mut self, names: &[&str], depth: usize) -> Value {
        let component = names[self.below(names.len())];
        let shallow = match self.below(20) {
            0 => json!({ "type": "string" }),
            1 => json!({ "type": "integer", "format": "int32", "minimum": 1 }),
            2 => json!({ "type": "boolean" }),
            3 => json!({ "type": "number" }),
            4 => json!({ "type": "string", "enum": self.values() }),
            5 => json!({ "type": "integer", "format": "unix-time" }),
            6 => {
                json!({ "type": "string", "format": "date-time", "pattern": "^a", "maxLength": 5 })
            }
            7 => json!({}),
            8 => json!({ "type": "object" }),
            9 => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            10 => json!({ "type": ["string", "null"] }),
            11 => json!({ "const": self.word() }),
            12 => json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
            13 => json!({ "anyOf": [{ "type": "integer" }, { "type": "string", "enum": [""] }] }),
            14 => json!({ "oneOf": [reference(component), { "type": "null" }] }),
            15 => json!({ "allOf": [reference(component), { "type": "object" }] }),
            16 => {
                json!({ "anyOf": [{ "type": "string" }, reference(component)], "x-expansionResources": { "oneOf": [reference(component)] } })
            }
            _ => reference(component),
        };
        if depth == 0 {
            return shallow;
        }
        match self.below(8) {
            0 => json!({ "type": "array", "items": self.schema(names, depth - 1) }),
            1 => self.object(names, depth - 1),
            2 => json!({ "type": "object", "additionalProperties": self.schema(names, depth - 1) }),
            3 => {
                json!({ "anyOf": [self.bare_schema(names, depth - 1), self.object(names, depth - 1)] })
            }
            _ => shallow,
        }
    }

    fn path(&mut self, names: &[&str]) -> (String, Value) {
        let mut path = "/v1".to_owned();
        let mut parameters = Vec::new();
        for _ in 0..1 + self.below(3) {
            let word = self
                .word()
                .replace(|character: char| !character.is_ascii_alphanumeric(), "_");
            match self.below(3) {
                0 => {
                    path += &format!("/{{{word}}}");
                    if self.below(3) > 0 {
                        let schema = [
                            json!({ "type": "string" }),
                            json!({ "type": "integer" }),
                            json!({ "type": "string", "enum": self.values() }),
                        ];
                        let schema = schema[self.below(3)].clone();
                        parameters.push(json!({
                            "in": "path", "name": word, "required": true, "schema": schema,
                        }));
                    }
                }
                _ => path += &format!("/{word}"),
            }
        }
        let mut item = Map::new();
        for _ in 0..1 + self.below(3) {
            let method = ["get", "post", "delete", "put", "patch", "head"][self.below(6)];
            item.insert(method.to_owned(), self.operation(names, &parameters));
        }
        if self.below(3) == 0 {
            item.insert(
                "parameters".to_owned(),
                json!([self.parameter("query", names)]),
            );
        }
        (path, Value::Object(item))
    }

    fn parameter(&mut self, place: &str, names: &[&str]) -> Value {
        let name = self.word();
        let schema = match place {
            "header" => json!({ "type": "string" }),
            _ => self.schema(names, 1),
        };
        json!({ "in": place, "name": name, "required": self.below(3) == 0, "schema": schema })
    }

    fn operation(&mut self, names: &[&str], path: &[Value]) -> Value {
        let mut parameters = path.to_vec();
        for _ in 0..self.below(4) {
            let place = ["query", "query", "query", "header", "cookie"][self.below(5)];
            parameters.push(self.parameter(place, names));
        }
        if self.below(5) == 0 {
            parameters.push(json!({ "$ref": "#/components/parameters/shared" }));
        }
        let mut operation = json!({ "operationId": "twice", "parameters": parameters });
        if self.below(2) == 0 {
            let body = match self.below(4) {
                0 => reference(names[self.below(names.len())]),
                _ => self.object(names, 2),
            };
            let media = [
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded",
                "application/json",
                "multipart/form-data",
            ][self.below(4)];
            operation["requestBody"] = json!({ "content": { media: { "schema": body } } });
        }
        let answer = match self.below(6) {
            0 => json!({ "204": { "description": "" } }),
            1 => json!({ "200": { "content": { "application/pdf": {} } } }),
            2 => {
                json!({ "200": { "content": { "application/json": { "schema": self.list(names) } } } })
            }
            _ => {
                json!({ "200": { "content": { "application/json": { "schema": self.schema(names, 2) } } } })
            }
        };
        operation["responses"] = answer;
        operation
    }

    fn list(&mut self, names: &[&str]) -> Value {
        json!({ "type": "object", "properties": {
            "object": { "type": "string", "enum": ["list"] },
            "data": { "type": "array", "items": self.schema(names, 0) },
            "has_more": { "type": "boolean" },
        } })
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
