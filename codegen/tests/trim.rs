//! Trimming: what is kept, what is cut, what is refused.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests are tests"
)]

mod common;
mod example;

use codegen::{CUT_REFERENCE, EVENT_TYPES, OperationKey, Slice, canonical_text, differences, trim};
use common::{committed, shared, slice};
use serde_json::{Value, json};

const OLDER: &str = include_str!("data/older.slice.toml");

#[test]
fn the_committed_document_is_what_upstream_trims_to() {
    let Some(upstream) = shared("upstream/financial-connections.2026-09-30.endive.json") else {
        return;
    };
    let upstream = codegen::parse(&upstream).unwrap();
    let trimmed = trim(&upstream, &slice()).unwrap();
    assert_eq!(differences(&trimmed.document, &committed()), []);

    let report = trimmed.report;
    assert_eq!(report.operations.len(), 11);
    assert_eq!(report.schemas.len(), 22);
    assert_eq!(report.left_out, 0);
    assert_eq!(
        report.cut["customer"].len(),
        2,
        "the union and the expansion that repeats it"
    );

    // Nothing but the order of parameters, the cuts and the prose differs from upstream.
    let mut ordered = upstream;
    for item in ordered["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item.as_object_mut().unwrap().values_mut() {
            if let Some(parameters) = operation.get_mut("parameters") {
                parameters.as_array_mut().unwrap().sort_by_key(|parameter| {
                    ["in", "name"].map(|key| parameter[key].as_str().unwrap().to_owned())
                });
            }
        }
    }
    let changed = differences(&ordered, &trimmed.document);
    let unexpected: Vec<_> = changed
        .iter()
        .map(|difference| (difference.at.to_string(), difference))
        .filter(|(at, difference)| {
            let cut = at.ends_with("/$ref") || at.ends_with(CUT_REFERENCE) || at.ends_with("/type");
            let prose = at.ends_with("/description") && difference.found == Some("".into());
            !(cut || prose || at == "/x-event-types")
        })
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

#[test]
fn a_trimmed_document_trims_to_itself() {
    let committed = committed();
    let again = trim(&committed, &slice()).unwrap();
    assert_eq!(canonical_text(&again.document), canonical_text(&committed));
    assert_eq!(again.report.prose, 0);
}

#[test]
fn a_whole_document_of_another_year_trims_with_a_slice_of_its_own() {
    let Some(upstream) = shared("upstream/spec3.2022.full.json") else {
        return;
    };
    let upstream = codegen::parse(&upstream).unwrap();
    let older = Slice::parse(OLDER).unwrap();
    let trimmed = trim(&upstream, &older).unwrap();
    let text = canonical_text(&trimmed.document);
    assert_eq!(
        canonical_text(&trim(&trimmed.document, &older).unwrap().document),
        text
    );

    let report = trimmed.report;
    let account = format!(
        "version: {}\noperations kept: {}, left out: {}, of these near: {:?}\nschemas: {:#?}\ncut: {:#?}\nprose: {}\nnear events: {:?}\nbytes: {}",
        report.version,
        report.operations.len(),
        report.left_out,
        report.near,
        report.schemas,
        report
            .cut
            .iter()
            .map(|(name, places)| (name, places.len()))
            .collect::<Vec<_>>(),
        report.prose,
        report.near_events,
        text.len(),
    );
    insta::assert_snapshot!("older_document", account);
}

#[test]
fn prose_goes_and_fields_named_like_prose_stay() {
    let trimmed = trim(&example::document(), &example::slice()).unwrap();
    insta::assert_snapshot!("example", canonical_text(&trimmed.document));
    assert_eq!(trimmed.report.prose, 13);
    let schema = &trimmed.document["components"]["schemas"]["thing"];
    assert_eq!(
        schema["properties"]["description"],
        json!({"type": "string"})
    );
    assert_eq!(
        trimmed
            .report
            .near
            .iter()
            .map(OperationKey::to_string)
            .collect::<Vec<_>>(),
        ["POST /v1/shop/things"]
    );
    assert_eq!(
        trimmed.report.near_events.into_iter().collect::<Vec<_>>(),
        ["thing.updated"]
    );
}

#[test]
fn the_order_of_keys_and_of_sets_leaves_no_trace() {
    let text = example::document().to_string();
    let shuffled = text.replace(r#"["id","owner"]"#, r#"["owner","id"]"#);
    assert_ne!(text, shuffled);
    let trimmed = |text: &str| {
        canonical_text(
            &trim(&codegen::parse(text).unwrap(), &example::slice())
                .unwrap()
                .document,
        )
    };
    assert_eq!(trimmed(&text), trimmed(&shuffled));
}

#[test]
fn each_refusal_names_its_place_and_its_mend() {
    let refusal = |document: &Value, slice: &Slice| trim(document, slice).unwrap_err().to_string();
    let edited = |pointer: &str, value: Value| {
        let mut document = example::document();
        *document.pointer_mut(pointer).unwrap() = value;
        document
    };
    let slice = example::slice();

    let mut unknown_operation = slice.clone();
    unknown_operation.operations[0].key = OperationKey::new("put", "/v1/shop/things/{id}");
    let mut unknown_event = slice.clone();
    unknown_event.events.insert("thing.lost".to_owned());
    let mut idle_cut = slice.clone();
    idle_cut.cut.insert("thing".to_owned());
    idle_cut.cut.insert("nothing".to_owned());
    let mut uncut = slice.clone();
    uncut.cut.clear();

    let owner = "/components/schemas/thing/properties/owner/anyOf/1";
    let expansion = "/components/schemas/thing/properties/owner/x-expansionResources/oneOf/0";
    let cases = [
        (
            "an operation that is not there",
            refusal(&example::document(), &unknown_operation),
        ),
        (
            "an event type that is not there",
            refusal(&example::document(), &unknown_event),
        ),
        (
            "a cut that cuts nothing",
            refusal(&example::document(), &idle_cut),
        ),
        (
            "a reference that leads nowhere",
            refusal(
                &edited(owner, json!({"$ref": "#/components/schemas/nobody"})),
                &slice,
            ),
        ),
        (
            "a reference out of the document",
            refusal(&edited(owner, json!({"$ref": "other.json#/thing"})), &slice),
        ),
        (
            "an expansion that nothing else reaches",
            refusal(
                &edited(expansion, json!({"$ref": "#/components/schemas/other"})),
                &slice,
            ),
        ),
        (
            "a list that is none",
            refusal(
                &edited("/components/schemas/thing/required", json!("id")),
                &slice,
            ),
        ),
        (
            "a schema that is none",
            refusal(
                &edited("/components/schemas/thing/properties/id", json!(true)),
                &slice,
            ),
        ),
        (
            "a cut taken back",
            refusal(
                &trim(&example::document(), &slice).unwrap().document,
                &uncut,
            ),
        ),
    ];
    let text: String = cases
        .iter()
        .map(|(name, refusal)| format!("## {name}\n{refusal}\n\n"))
        .collect();
    insta::assert_snapshot!("refusals", text);
}

#[test]
fn the_event_types_stand_in_the_trimmed_document() {
    let document = committed();
    let events = document[EVENT_TYPES].as_array().unwrap();
    assert_eq!(events.len(), slice().events.len());
}
