//! A small document with one of everything that trimming treats on its own.

use codegen::Slice;
use serde_json::{Value, json};

/// The document.
pub(crate) fn document() -> Value {
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Shop", "version": "1", "description": "A shop.", "contact": {"name": "x"}, "x-logo": "a"},
        "tags": [{"name": "things", "description": "Things."}],
        "servers": [{"url": "https://api.example.test/"}],
        "security": [{"key": []}],
        "paths": {
            "/v1/shop/things": {
                "post": {"operationId": "PostThings", "responses": {}}
            },
            "/v1/shop/things/{id}": {
                "description": "One thing.",
                "parameters": [
                    {"name": "b", "in": "query", "schema": {"type": "string"}},
                    {"name": "a", "in": "query", "description": "An a.", "example": "x",
                     "schema": {"type": "string", "enum": ["z", "y"], "description": "z or y"}}
                ],
                "get": {
                    "operationId": "GetThing",
                    "summary": "Gets a thing.",
                    "parameters": [],
                    "responses": {"200": {
                        "description": "The thing.",
                        "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/thing"}
                        }}
                    }}
                },
                "post": {"operationId": "PostThing", "responses": {}}
            },
            "/v1/webhook_endpoints": {"post": {
                "requestBody": {"content": {"application/x-www-form-urlencoded": {
                    "schema": {"properties": {"enabled_events": {"items": {"enum": [
                        "thing.created", "thing.updated", "other.created"
                    ]}}}}
                }}}
            }}
        },
        "components": {
            "schemas": {
                "thing": {
                    "title": "Thing",
                    "description": "A thing.",
                    "type": "object",
                    "required": ["id", "owner"],
                    "properties": {
                        "description": {"type": "string"},
                        "id": {"type": "string", "maxLength": 5000},
                        "owner": {
                            "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/person"}],
                            "x-expansionResources": {
                                "oneOf": [{"$ref": "#/components/schemas/person"}]
                            }
                        },
                        "part_of": {"$ref": "#/components/schemas/thing"}
                    },
                    "x-expandableFields": ["owner"],
                    "x-stripeMostCommon": ["id"],
                    "x-stripeNote": "A sentence for readers."
                },
                "person": {"type": "object"},
                "other": {"type": "object"}
            },
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}
        }
    })
}

/// The slice of [`document`].
pub(crate) fn slice() -> Slice {
    Slice::parse(
        "cut = ['person']\nevents = ['thing.created']\n\
         [[operations]]\nmethod = 'get'\npath = '/v1/shop/things/{id}'\nrust = 'things.retrieve'\n\
         [[operations]]\nmethod = 'post'\npath = '/v1/shop/things/{id}'\nrust = 'things.update'\n",
    )
    .unwrap()
}
