//! Changes of operations, parameters, bodies and answers, and of what stands at the root.

use codegen::{EVENT_TYPES, Pointer};
use serde_json::{Value, json};

use super::{Mutations, contents, keys, operations};

pub(super) fn add(mutations: &mut Mutations<'_>) {
    let document = mutations.document;
    root(mutations);
    let paths = Pointer::from(["paths"]);
    for (item, method) in operations(document) {
        let path = item.segments()[1].clone();
        let at = item.join(&method);
        let operation = at.resolve(document).unwrap();
        let new = json!({"operationId": "BrandNew", "responses": {}});

        mutations.drop("drop an operation", &item, &method);
        mutations.set("add an operation", &item, "put", new.clone());
        mutations.edit("add an operation", &paths, |paths| {
            paths[format!("{path}/brand_new")] = json!({"post": new});
        });
        mutations.edit("change a path", &paths, |paths| {
            let operation = paths[&path]
                .as_object_mut()
                .unwrap()
                .remove(&method)
                .unwrap();
            paths[format!("{path}/moved")] = json!({method.clone(): operation});
        });
        mutations.edit("change a method", &item, |item| {
            let operation = item.as_object_mut().unwrap().remove(&method).unwrap();
            item["patch"] = operation;
        });
        mutations.set("change an operation id", &at, "operationId", "Another");
        mutations.toggle("toggle deprecated", &at, "deprecated");
        mutations.set(
            "change the security of an operation",
            &at,
            "security",
            json!([]),
        );
        parameters(mutations, &at, operation);
        bodies(mutations, &at, operation);
        for content in contents(document, &at) {
            media_types(mutations, &content);
        }
    }
}

fn root(mutations: &mut Mutations<'_>) {
    let root = Pointer::root();
    mutations.set(
        "change the version",
        &root.join("info"),
        "version",
        "another",
    );
    mutations.set("change the security", &root, "security", json!([]));
    mutations.set(
        "change a server",
        &root.join("servers").join(0),
        "url",
        "https://other.test/",
    );
    mutations.set("change OpenAPI's version", &root, "openapi", "3.0.9");
    let schemes = Pointer::from(["components", "securitySchemes"]);
    for name in keys(mutations.document, &schemes) {
        mutations.drop("drop a security scheme", &schemes, &name);
        mutations.set(
            "change a security scheme",
            &schemes.join(name),
            "scheme",
            "another",
        );
    }
    let new = json!("financial_connections.account.brand_new");
    mutations.members(
        "drop an event type",
        "add an event type",
        &root.join(EVENT_TYPES),
        new,
    );
}

fn parameters(mutations: &mut Mutations<'_>, operation_at: &Pointer, operation: &Value) {
    let Some(parameters) = operation["parameters"].as_array() else {
        return;
    };
    let at = operation_at.join("parameters");
    for (index, parameter) in parameters.iter().enumerate() {
        mutations.edit("drop a parameter", &at, |list| {
            list.as_array_mut().unwrap().remove(index);
        });
        let name = parameter["name"].as_str().unwrap();
        let at = at.join(index);
        mutations.set("rename a parameter", &at, "name", format!("{name}_other"));
        mutations.set("move a parameter", &at, "in", "header");
        let required = parameter["required"] == true;
        let kind = if required {
            "make a parameter optional"
        } else {
            "make a parameter required"
        };
        mutations.toggle(kind, &at, "required");
        for style in ["deepObject", "form", "pipeDelimited", "simple"] {
            if parameter["style"] != style {
                mutations.set("change a style", &at, "style", style);
            }
        }
        mutations.toggle("toggle explode", &at, "explode");
        mutations.toggle("toggle deprecated", &at, "deprecated");
    }
    for (kind, required) in [
        ("add a parameter", false),
        ("add a required parameter", true),
    ] {
        mutations.edit(kind, &at, |list| {
            let schema = json!({"type": "string"});
            list.as_array_mut().unwrap().push(
                json!({"name": "brand_new", "in": "query", "required": required, "schema": schema}),
            );
        });
    }
}

fn bodies(mutations: &mut Mutations<'_>, at: &Pointer, operation: &Value) {
    if operation.get("requestBody").is_some() {
        let body = at.join("requestBody");
        mutations.toggle("toggle whether a body is required", &body, "required");
        mutations.drop("drop a body", at, "requestBody");
    } else {
        mutations.set("add a body", at, "requestBody", json!({"content": {}}));
    }
    let answers = at.join("responses");
    for status in keys(mutations.document, &answers) {
        mutations.drop("drop an answer", &answers, &status);
    }
    mutations.set("add an answer", &answers, "202", json!({"description": ""}));
}

fn media_types(mutations: &mut Mutations<'_>, content: &Pointer) {
    for name in keys(mutations.document, content) {
        mutations.edit("change a media type", content, |content| {
            let media_type = content.as_object_mut().unwrap().remove(&name).unwrap();
            content["application/other"] = media_type;
        });
        mutations.drop("drop a media type", content, &name);
        mutations.set("add a media type", content, "application/other", json!({}));
        let media_type = content.join(name);
        mutations.drop("drop the schema of a media type", &media_type, "schema");
        let encodings = media_type.join("encoding");
        for field in keys(mutations.document, &encodings) {
            mutations.drop("drop an encoding", &encodings, &field);
            let encoding = encodings.join(field);
            mutations.set("change a style", &encoding, "style", "spaceDelimited");
            mutations.toggle("toggle explode", &encoding, "explode");
        }
    }
}
