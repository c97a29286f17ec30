//! A document that tries to become code wherever it has a word to say.

use serde_json::{Value, json};

/// Each of them would be an item, an attribute or a macro call if it got out of where it belongs.
pub(crate) const PAYLOADS: [&str; 12] = [
    "\"; fn evil() {} //",
    "*/ fn evil() {} /*",
    "a\rfn evil() {}",
    "a\nfn evil() {}",
    "a\u{2028}fn evil() {}",
    "\u{202e}fn evil() {}\u{2066}",
    "#![evil]",
    "evil!{}",
    "$evil $REQUEST CRATE {evil}",
    "\\\" evil",
    "\u{0}evil",
    "]] evil = 1 #",
];

/// A document with one payload in every place.
pub(crate) fn document(payload: &str) -> Value {
    let reference =
        json!({ "$ref": format!("#/components/schemas/thing {payload}").replace('~', "~0") });
    // A component's name stands in references, whose slashes mean something.
    let component = format!("thing {payload}").replace('/', "|");
    let reference = match payload.contains('/') {
        true => json!({ "$ref": format!("#/components/schemas/{component}") }),
        false => reference,
    };
    let property = json!({
        "type": "string",
        "title": payload,
        "description": payload,
        "pattern": payload,
        "default": payload,
        "example": payload,
        "format": payload,
        "enum": [payload, format!("{payload}2")],
        "x-name": payload,
        "x-id": payload,
        "x-type": payload,
        "x-exclusive": payload,
        "x-values": { payload: payload },
        "x-rust-type": { "crate": "std", "version": "*", "path": format!("std::{payload}") },
    });
    let parameter = |place: &str, name: &str| {
        json!({
            "in": place, "name": name, "required": place != "query",
            "description": payload, "schema": { "type": "string", "description": payload },
        })
    };
    json!({
        "openapi": "3.0.0",
        "info": { "title": payload, "version": "2026-01-01", "description": payload },
        "servers": [{ "url": payload }],
        "tags": [{ "name": payload, "description": payload }],
        "x-ids": { payload: { "description": payload }, "Evil": { "description": payload } },
        "x-unions": { payload: { "members": [] } },
        "x-enums": { payload: { "values": [[payload, payload]] } },
        "x-untyped": { payload: payload },
        "x-resources": { "things": payload },
        "x-events": { payload: payload },
        "x-event-types": [payload],
        "paths": {
            "/v1/things/{id}": {
                "summary": payload,
                "post": {
                    "operationId": payload,
                    "summary": payload,
                    "description": payload,
                    "externalDocs": { "url": payload, "description": payload },
                    "tags": [payload],
                    "x-rust": payload,
                    "x-name": payload,
                    "x-params": payload,
                    "x-body": payload,
                    "parameters": [
                        parameter("path", "id"),
                        parameter("query", payload),
                        parameter("header", "X-Evil"),
                    ],
                    "requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": {
                        "type": "object",
                        "title": payload,
                        "properties": { payload: property, "object": property, "x": reference },
                        "required": [payload],
                    } } } },
                    "responses": {
                        "200": { "description": payload, "content": { "application/json": { "schema": reference } } },
                        payload: { "description": payload },
                    },
                },
            },
        },
        "components": { "schemas": {
            component: {
                "type": "object",
                "title": payload,
                "description": payload,
                "x-resourceId": payload,
                "required": [payload],
                "properties": {
                    payload: property,
                    "object": { "type": "string", "enum": [payload] },
                    "list": { "type": "array", "items": { "type": "object", "properties": { payload: property } } },
                    "either": { "anyOf": [{ "$ref": "#/components/schemas/other" }, reference] },
                },
            },
            "other": { "type": "object", "properties": { "object": { "type": "string", "enum": ["other"] } } },
        } },
    })
}
