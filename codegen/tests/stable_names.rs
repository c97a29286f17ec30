//! Names that a crate has given: a newer document renames nothing.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;

use codegen::{CrateSources, NAMES, RuntimeSource, SliceCrate, slice_crate};
use serde_json::{Value, json};

fn made(document: &Value, names: Option<&str>) -> SliceCrate {
    let sources = CrateSources {
        document: &document.to_string(),
        slice: "include = ['/**']",
        prose: false,
        api_version: None,
        previous: None,
        package: "stripe-names",
        crate_name: None,
        runtime: RuntimeSource::Version("0.1"),
        names,
    };
    slice_crate(&sources, &mut |_| {}).unwrap()
}

fn answer(name: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
    json!({ "responses": { "200": { "content": { "application/json": { "schema": schema } } } } })
}

/// Two paths of one name, an inline type and a union.
fn older() -> Value {
    let object = |name: &str| {
        json!({
            "type": "object",
            "properties": {
                "object": { "type": "string", "enum": [name] },
                "status": { "type": "string", "enum": ["on", "off"] },
                "other": { "anyOf": [
                    { "$ref": "#/components/schemas/m_thing" }, { "$ref": "#/components/schemas/n_thing" },
                ] },
            },
        })
    };
    json!({
        "openapi": "3.0.0",
        "info": { "title": "", "version": "1" },
        "paths": {
            "/v1/n/things/{id}": { "get": answer("n_thing") },
            "/v1/n_things/{id}": { "get": answer("m_thing") },
        },
        "components": { "schemas": { "m_thing": object("m"), "n_thing": object("n") } },
    })
}

/// The same, with newcomers whose names come first, and would be those of what is there.
fn newer() -> Value {
    let mut document = older();
    for name in [
        "M_thing",
        "m_thing_status",
        "m-thing",
        "m_thing_or_n_thing",
        "retrieve_n_thing",
        "n_things",
    ] {
        document["components"]["schemas"][name] =
            json!({ "type": "object", "properties": { "id": { "type": "string" } } });
        document["paths"][format!("/v1/a/{name}/{{id}}")] = json!({ "get": answer(name) });
    }
    document["paths"]["/v1/n-things/{id}"] = json!({ "get": answer("n_thing") });
    document
}

fn named(made: &SliceCrate) -> BTreeMap<String, String> {
    let file: toml::Table = made.files[NAMES].parse().unwrap();
    let tables = ["operations", "types"].map(|table| file[table].as_table().unwrap().clone());
    let names = tables.into_iter().flatten();
    names
        .map(|(source, name)| (source, name.as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn what_has_a_name_keeps_it() {
    let first = made(&older(), None);
    let (before, again) = (named(&first), made(&newer(), Some(&first.files[NAMES])));
    let after = named(&again);
    assert!(before.len() >= 12, "{before:?}");
    for (source, name) in &before {
        assert_eq!(after.get(source), Some(name), "{source}");
    }
    // Without the record some would be called otherwise, or this shows nothing.
    let anew = named(&made(&newer(), None));
    let renamed = before
        .iter()
        .filter(|(source, name)| anew.get(*source) != Some(name));
    assert!(renamed.count() >= 4, "{anew:?}");
    // And a second run over the same document changes nothing.
    assert_eq!(made(&newer(), Some(&again.files[NAMES])).files, again.files);
}

#[test]
fn a_record_that_cannot_be_read_is_refused() {
    let sources = CrateSources {
        document: &older().to_string(),
        slice: "include = ['/**']",
        prose: false,
        api_version: None,
        previous: None,
        package: "stripe-names",
        crate_name: None,
        runtime: RuntimeSource::Version("0.1"),
        names: Some("types = 1"),
    };
    let error = slice_crate(&sources, &mut |_| {}).unwrap_err();
    assert!(error.mend().contains("names.toml"), "{error}");
}
