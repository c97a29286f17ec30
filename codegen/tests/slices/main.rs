//! Slices of other parts of the API: complete, checked by the compiler, and used.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod account;
#[allow(dead_code, reason = "the slices need one of these")]
#[path = "../common/mod.rs"]
mod common;
mod crates;
#[path = "../common/declared.rs"]
mod declared;
mod sources;
mod stub;
mod used;
mod whole;

use codegen::{Slice, resolve};
use serde_json::{Value, json};
use sources::{generate, generated, paths, slice_file, upstream};

#[test]
fn two_runs_give_the_same_bytes() {
    let Some(upstream) = upstream() else { return };
    let run = || {
        let slice = slice_file(paths("checkout"));
        generate(&upstream.text, &slice, "checkout", true).unwrap()
    };
    assert_eq!(run().files, run().files);
}

/// The file that `cargo xtask slice` prints means what the pattern means that it was made for.
#[test]
fn a_suggested_slice_is_the_slice() {
    let Some(upstream) = upstream() else { return };
    for (prefix, pattern) in [("/v1/customers", "/v1/customers/**"), ("/", "/**")] {
        let text = codegen::suggest(&upstream.document, prefix).unwrap();
        let suggested = Slice::parse(&text).unwrap();
        let suggested = resolve(&upstream.document, suggested).unwrap().slice;
        let included = Slice::including([pattern.to_owned()]);
        let included = resolve(&upstream.document, included).unwrap();
        assert_eq!(suggested.operations, included.slice.operations);
        assert_eq!(suggested.cut, included.slice.cut);
        let trimmed = |slice| codegen::trim(&upstream.document, slice).unwrap().document;
        assert_eq!(trimmed(&suggested), trimmed(&included.slice));
        for refused in included.refused {
            let line = format!("# {} cannot be generated: ", refused.key);
            assert!(text.contains(&line), "{line}");
        }
    }
}

/// The text grows with the document: what each operation and schema costs does not depend on the
/// others.
#[test]
fn twice_a_document_is_twice_its_text() {
    let lines = |copies: u8| {
        let document = copied(copies).to_string();
        let slice = generate(&document, &slice_file(&["/**"]), "copies", false).unwrap();
        let files = generated(&slice);
        files
            .values()
            .map(|text| text.lines().count())
            .sum::<usize>()
    };
    let (four, eight, sixteen) = (lines(4), lines(8), lines(16));
    // A list of names may break into one line more.
    assert!(
        (sixteen - eight).abs_diff(2 * (eight - four)) <= 8,
        "{four}, {eight}, {sixteen} lines"
    );
}

/// A document of so many resources that have nothing in common.
fn copied(copies: u8) -> Value {
    let mut document = json!({
        "openapi": "3.0.0", "info": { "title": "Copies", "version": "1" },
        "paths": {}, "components": { "schemas": { "error": { "type": "object" } } },
    });
    let answer = |schema: Value| json!({ "description": "", "content": { "application/json": { "schema": schema } } });
    for copy in 0..copies {
        let name = format!("thing{}", char::from(b'a' + copy));
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        document["paths"][format!("/v1/{name}s/{{id}}")]["get"] = json!({
            "operationId": name,
            "parameters": [
                { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "kind", "in": "query", "schema": { "type": "string", "enum": ["a", "b"] } },
            ],
            "responses": {
                "200": answer(reference.clone()),
                "default": answer(json!({ "$ref": "#/components/schemas/error" })),
            },
        });
        document["components"]["schemas"][&name] = json!({
            "type": "object", "required": ["object"],
            "properties": {
                "object": { "type": "string", "enum": [name] },
                "self": reference,
                "state": { "type": "string", "enum": ["on", "off"] },
            },
        });
    }
    document
}
