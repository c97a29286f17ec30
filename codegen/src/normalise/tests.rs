//! One case for every fixup: the idiom, and what becomes of it.

use serde_json::{Value, json};

use super::*;

/// A document with one operation.
fn operation(operation: Value) -> Value {
    json!({ "components": { "schemas": {} }, "paths": { "/v1/a": { "post": operation } } })
}

/// A document whose one component `A` has one property `x`.
fn property(schema: Value) -> Value {
    json!({ "components": { "schemas": { "A": { "properties": { "x": schema } } } } })
}

fn runtime(name: &str, parameters: Value) -> Value {
    json!({
        "crate": "runtime", "version": "*", "path": format!("runtime::{name}"), "parameters": parameters,
    })
}

/// Fixup, document before, place that is looked at, what stands there after.
fn cases() -> Vec<(&'static str, Value, &'static str, Value)> {
    const FORM: &str = "application/x-www-form-urlencoded";
    const X: &str = "/components/schemas/A/properties/x";
    const POST: &str = "/paths/~1v1~1a/post";
    vec![
        (
            "drop_empty_bodies",
            operation(
                json!({ "requestBody": { "content": { FORM: { "schema": { "properties": {} } } } } }),
            ),
            POST,
            json!({}),
        ),
        (
            "drop_form_encoding",
            operation(json!({ "requestBody": { "content": { FORM: {
                "encoding": { "x": { "style": "deepObject", "explode": true } }, "schema": {},
            } } } })),
            POST,
            json!({ "requestBody": { "content": { FORM: { "schema": {} } } } }),
        ),
        (
            "choose_body",
            operation(json!({ "requestBody": { "content": {
                FORM: { "schema": { "properties": { "x": {} } } },
                "application/json": { "schema": { "properties": { "x": {} } } },
            } } })),
            "/paths/~1v1~1a/post/requestBody/content",
            json!({ FORM: { "schema": { "properties": { "x": {} } } } }),
        ),
        (
            "drop_error_answers",
            operation(json!({ "responses": {
                "200": {},
                "default": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/error" } } } },
            } })),
            POST,
            json!({ "responses": { "200": {} } }),
        ),
        (
            "copy_sent_components",
            json!({
                "components": { "schemas": { "a": { "type": "object" } } },
                "paths": { "/v1/a": { "post": { "requestBody": { "content": {
                    FORM: { "schema": { "$ref": "#/components/schemas/a" } },
                } } } } },
            }),
            "/components/schemas",
            json!({ "\u{1}a": { "type": "object", "x-params": true } }),
        ),
        (
            "type_ids",
            {
                let mut document = property(
                    json!({ "type": "string", "maxLength": 9, "x-id": "AId", "description": "D" }),
                );
                document["x-ids"] = json!({ "AId": {} });
                document
            },
            X,
            json!({ "description": "D", "x-rust-type": runtime("AId", json!([])) }),
        ),
        (
            "type_marked",
            property(json!({ "type": "string", "x-type": "Currency" })),
            X,
            json!({ "x-rust-type": runtime("Currency", json!([])) }),
        ),
        (
            "type_timestamps",
            property(json!({ "type": "integer", "format": "unix-time", "nullable": true })),
            X,
            json!({ "nullable": true, "x-rust-type": runtime("Timestamp", json!([])) }),
        ),
        (
            "drop_formats",
            property(json!({ "type": "string", "format": "decimal" })),
            X,
            json!({ "type": "string" }),
        ),
        (
            "type_numbers",
            property(json!({ "type": "number" })),
            X,
            json!({ "x-rust-type": runtime("Number", json!([])) }),
        ),
        (
            "relax_marked",
            json!({ "components": { "schemas": { "A": {
                "required": ["x", "y"], "properties": { "x": { "x-optional": true }, "y": {} },
            } } } }),
            "/components/schemas/A/required",
            json!(["y"]),
        ),
        (
            "keep_cut_references_raw",
            property(json!({ "anyOf": [
                { "type": "object", "x-cutReference": "#/a" }, { "type": "object", "x-cutReference": "#/b" },
            ] })),
            X,
            json!({ "x-rust-type": runtime("RawJson", json!([])) }),
        ),
        (
            "type_free_objects",
            property(json!({ "type": "object", "description": "D" })),
            X,
            json!({ "description": "D", "x-rust-type": runtime("RawJson", json!([])) }),
        ),
        (
            "type_expandables",
            property(json!({
                "anyOf": [{ "type": "string" }, { "$ref": "#/components/schemas/B" }], "x-expansionResources": {},
            })),
            X,
            json!({ "x-rust-type": runtime(
                "Expandable", json!([{ "type": "string" }, { "$ref": "#/components/schemas/B" }]),
            ) }),
        ),
        (
            "unwrap_single_choices",
            property(json!({ "anyOf": [{ "$ref": "#/components/schemas/B" }], "nullable": true })),
            X,
            json!({ "$ref": "#/components/schemas/B", "nullable": true }),
        ),
        (
            "type_ranges",
            operation(json!({ "parameters": [{ "schema": { "anyOf": [
                { "type": "object", "properties": { "gt": {}, "gte": {}, "lt": {}, "lte": {} } }, { "type": "integer" },
            ] } }] })),
            "/paths/~1v1~1a/post/parameters/0/schema",
            json!({ "x-rust-type": runtime("RangeQuery", json!([])) }),
        ),
        (
            "type_clearables",
            operation(json!({ "parameters": [{ "schema": {
                "anyOf": [{ "type": "integer" }, { "type": "string", "enum": [""] }],
            } }] })),
            "/paths/~1v1~1a/post/parameters/0/schema",
            json!({ "x-rust-type": runtime("Clearable", json!([{ "type": "integer" }])) }),
        ),
        (
            "name_requests",
            operation(json!({ "x-rust": "accounts.refresh" })),
            POST,
            json!({ "x-rust": "accounts.refresh", "x-name": "RefreshAccount", "x-params": "RefreshAccountParams" }),
        ),
        (
            "type_unions",
            {
                let tagged = |tag: &str| json!({ "properties": { "object": { "enum": [tag] } } });
                let choice = json!({ "anyOf": [{ "$ref": "#/components/schemas/b" }, { "$ref": "#/components/schemas/c" }] });
                json!({ "components": { "schemas": {
                    "A": { "properties": { "x": choice } }, "b": tagged("b"), "c": tagged("c"),
                } } })
            },
            X,
            json!({ "x-rust-type": runtime("BOrC", json!([])) }),
        ),
        (
            "type_choices",
            operation(
                json!({ "parameters": [{ "schema": { "anyOf": [{ "type": "string" }, { "type": "integer" }] } }] }),
            ),
            "/paths/~1v1~1a/post/parameters/0/schema",
            json!({ "x-rust-type": runtime("Either", json!([{ "type": "string" }, { "type": "integer" }])) }),
        ),
        (
            "type_rest",
            property(json!({ "allOf": [{}, {}], "description": "D" })),
            X,
            json!({ "description": "D", "x-rust-type": runtime("RawJson", json!([])) }),
        ),
        (
            "inline_typed_components",
            json!({ "components": { "schemas": {
                "A": { "properties": { "x": { "$ref": "#/components/schemas/B", "description": "D" } } },
                "B": { "x-rust-type": runtime("RawJson", json!([])) },
            } } }),
            "/components/schemas",
            json!({ "A": { "properties": { "x": { "description": "D", "x-rust-type": runtime("RawJson", json!([])) } } } }),
        ),
        (
            "drop_value_enums",
            property(json!({ "type": "boolean", "enum": [true] })),
            X,
            json!({ "type": "boolean" }),
        ),
        (
            "type_lists",
            property(json!({ "properties": {
                "object": { "enum": ["list"] }, "data": { "items": { "$ref": "#/components/schemas/B" } },
            } })),
            X,
            json!({ "x-rust-type": runtime("List", json!([{ "$ref": "#/components/schemas/B" }])) }),
        ),
        (
            "share_object_tags",
            json!({ "components": { "schemas": { "A": { "properties": {
                "object": { "type": "string", "enum": ["a.b"], "description": "D" },
            } } } } }),
            "/components/schemas/A/properties/object",
            json!({ "$ref": "#/components/schemas/\u{2}ObjectType", "x-tag": "a.b", "description": "D" }),
        ),
        (
            "collect_event_types",
            json!({ "components": { "schemas": {} }, "x-event-types": ["a.b"] }),
            "/components/schemas/\u{2}EventType/enum",
            json!(["a.b"]),
        ),
        (
            "collect_parameters",
            operation(json!({ "x-params": "RefreshAccountParams", "parameters": [
                { "in": "path", "name": "account" },
                { "in": "query", "name": "q", "required": true, "schema": { "type": "string" }, "description": "D" },
            ] })),
            "/components/schemas/RefreshAccountParams",
            json!({
                "type": "object",
                "properties": { "q": { "type": "string", "description": "D" } },
                "required": ["q"],
                "x-name": "RefreshAccountParams",
                "x-params": true,
                "x-request": true,
                "x-source": "/paths/~1v1~1a/post",
                "description": "The parameters of the request.",
            }),
        ),
        (
            "name_components",
            json!({ "components": { "schemas": {
                "a.b": { "x-name": "B" }, "c_d": { "items": { "$ref": "#/components/schemas/a.b" } },
            } } }),
            "/components/schemas",
            json!({
                "B": { "x-name": "B", "x-source": "a.b" },
                "CD": { "items": { "$ref": "#/components/schemas/B" }, "x-name": "CD", "x-source": "c_d" },
            }),
        ),
        (
            "hoist_inline_types",
            property(json!({ "type": "string", "enum": ["a"], "nullable": true })),
            X,
            json!({ "$ref": "#/components/schemas/AX", "nullable": true }),
        ),
        (
            "drop_nullable",
            json!({ "components": { "schemas": { "A": {
                "properties": { "x": { "type": "string", "nullable": true }, "y": { "type": "array" } },
                "required": ["x"],
            } } } }),
            "/components/schemas/A",
            json!({
                "properties": { "x": { "type": "string" }, "y": { "type": "array", "nullable": true } },
                "required": [],
            }),
        ),
    ]
}

fn fixup(name: &str) -> &'static Fixup {
    FIXUPS.iter().find(|fixup| fixup.name == name).unwrap()
}

#[test]
fn every_fixup_does_what_it_says() {
    for (name, mut document, place, after) in cases() {
        let count = fixup(name)
            .apply(&mut document, &mut Names::default())
            .unwrap();
        assert_ne!(count, 0, "{name} counts what it did");
        assert_eq!(document.pointer(place), Some(&after), "{name}");
    }
}

#[test]
fn every_fixup_has_a_case() {
    let covered: Vec<_> = cases().into_iter().map(|(name, ..)| name).collect();
    let all: Vec<_> = FIXUPS.iter().map(|fixup| fixup.name).collect();
    assert_eq!(covered, all);
}

#[test]
fn a_fixup_without_a_cause_is_an_error() {
    for fixup in FIXUPS {
        let mut document = json!({ "components": { "schemas": {} }, "paths": {} });
        assert_eq!(
            fixup.apply(&mut document, &mut Names::default()),
            Ok(0),
            "{} finds nothing in an empty document",
            fixup.name
        );
    }
    let error = normalise(
        &mut json!({ "components": { "schemas": {} }, "paths": {} }),
        &mut Names::default(),
        true,
    )
    .unwrap_err();
    assert!(error.problem().contains("drop_empty_bodies"), "{error}");
}
