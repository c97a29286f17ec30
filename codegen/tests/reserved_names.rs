//! Resources and methods whose names a generated crate has already.

use codegen::{CrateSources, RuntimeSource, slice_crate};
use serde_json::{Value, json};

const RESOURCES: [&str; 10] = [
    "builder", "client", "new", "params", "raw", "requests", "service", "share", "type", "types",
];

fn operation(id: &str) -> Value {
    json!({
        "operationId": id,
        "parameters": [{ "in": "path", "name": "id", "required": true, "schema": { "type": "string" } }],
        "responses": {
            "200": {
                "description": "",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/thing" } } },
            },
        },
    })
}

fn document() -> Value {
    let mut paths = json!({ "/v1/things/{id}/new": { "post": operation("renew") } });
    for name in RESOURCES {
        paths[format!("/v1/{name}/{{id}}")] = json!({ "get": operation(name) });
    }
    json!({
        "openapi": "3.0.0",
        "info": { "title": "", "version": "2026-01-01" },
        "paths": paths,
        "components": { "schemas": { "thing": {
            "type": "object",
            "required": ["id"],
            "properties": { "id": { "type": "string" } },
        } } },
    })
}

#[test]
fn they_have_an_underscore_behind() {
    let sources = CrateSources {
        document: &document().to_string(),
        slice: "include = ['/**']",
        api_version: None,
        previous: None,
        prose: false,
        package: "stripe-names",
        crate_name: None,
        runtime: RuntimeSource::Version("0.1"),
        names: None,
    };
    let made = slice_crate(&sources, &mut |_| {}).unwrap();
    let client = &made.files["src/generated/client.rs"];
    for name in RESOURCES {
        assert!(
            client.contains(&format!("pub fn {name}_(&self)")),
            "{client}"
        );
        assert!(
            made.files
                .contains_key(&format!("src/generated/{name}_.rs"))
        );
        assert!(made.parts["README.md"].contains(&format!("client.{name}_()")));
    }
    assert!(made.files["src/generated/things.rs"].contains("pub fn new_("));
}
