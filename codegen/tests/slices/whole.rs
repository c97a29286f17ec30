//! Everything of a slice is in its crate, was cut, or was refused.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::account::account;
use crate::declared::declared;
use crate::sources::{generate, generated, paths, slice_file, upstream};

fn is_whole(name: &str, operations: usize) {
    let Some(upstream) = upstream() else { return };
    let paths = paths(name);
    let slice = generate(&upstream.text, &slice_file(paths), name, false).unwrap();
    let declared = declared(&generated(&slice));
    let account = account(&upstream.document, paths, &declared, &slice);
    assert_eq!(account.unaccounted, BTreeSet::new());
    assert_eq!(account.operations, operations);
    assert!(account.properties > 500 && account.values > 500);
    let untyped = account.untyped.iter();
    let text: String = untyped
        .map(|(place, why)| format!("{place}: {why}\n"))
        .collect();
    insta::with_settings!({ description => "places without a type of their own", omit_expression => true }, {
        insta::assert_snapshot!(format!("untyped_{name}"), text);
    });
}

#[test]
fn customers() {
    is_whole("customers", 47);
}

#[test]
fn payment_intents() {
    is_whole("payment_intents", 11);
}

#[test]
fn treasury() {
    is_whole("treasury", 32);
}

#[test]
fn issuing() {
    is_whole("issuing", 24);
}

#[test]
fn subscriptions_and_invoices() {
    is_whole("billing", 22);
}

#[test]
fn checkout() {
    is_whole("checkout", 5);
}

/// All but one operation, which sends a file.
#[test]
fn the_document() {
    let Some(upstream) = upstream() else { return };
    let slice = generate(&upstream.text, &slice_file(&["/**"]), "all", false).unwrap();
    let declared = declared(&generated(&slice));
    let account = account(&upstream.document, &["/**"], &declared, &slice);
    assert_eq!(account.unaccounted, BTreeSet::new());
    assert_eq!(account.operations, 451);
    let refused: Vec<String> = slice
        .refused
        .iter()
        .map(|refused| format!("{}: {}", refused.key, refused.reason))
        .collect();
    assert_eq!(
        refused,
        [
            "POST /v1/files: it has a server of its own, and a client sends its key to one server only \
             (at #/paths/~1v1~1files/post/servers); help: leave the operation out, or send it with \
             `client.raw(…)`; and its body is `multipart/form-data`, and bodies are forms or JSON \
             (at #/paths/~1v1~1files/post/requestBody/content); help: leave the operation out, or send it \
             with `client.raw(…)`",
        ]
    );
}

/// The account notices what the text lacks, whatever it is.
#[test]
fn what_is_unaccounted_for_is_noticed() {
    let Some(upstream) = upstream() else { return };
    const SESSION: &str = "/components/schemas/checkout.session/properties";
    const BODY: &str = "/paths/~1v1~1checkout~1sessions/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties";
    let reference = |name: &str| json!(format!("#/components/schemas/{name}"));
    let text = || json!({ "type": "string" });
    let changes = [
        ("/paths", "/v1/checkout/new", json!({ "get": {} })),
        (SESSION, "new", text()),
        (&format!("{SESSION}/url"), "type", json!("integer")),
        (&format!("{SESSION}/id"), "nullable", json!(true)),
        (&format!("{SESSION}/status"), "enum", json!(["new"])),
        (
            &format!("{SESSION}/customer/anyOf/1"),
            "$ref",
            reference("refund"),
        ),
        (
            &format!("{SESSION}/line_items/properties/data/items"),
            "$ref",
            reference("price"),
        ),
        (BODY, "new", text()),
        (
            &format!("{BODY}/line_items/items/properties/adjustable_quantity/properties"),
            "new",
            text(),
        ),
        (
            &format!("{BODY}/metadata/additionalProperties"),
            "type",
            json!("integer"),
        ),
    ];
    let paths = paths("checkout");
    let slice = generate(&upstream.text, &slice_file(paths), "checkout", false).unwrap();
    let declared = declared(&generated(&slice));
    let mut noticed = String::new();
    for (at, member, value) in changes {
        let mut document = upstream.document.clone();
        let place: &mut Value = document.pointer_mut(at).unwrap();
        place[member] = value;
        let account = account(&document, paths, &declared, &slice);
        assert!(!account.unaccounted.is_empty(), "{at} {member}");
        for line in account.unaccounted {
            noticed += &format!("{line}\n");
        }
    }
    insta::with_settings!({ description => "changes of the document that no text was generated for", omit_expression => true }, {
        insta::assert_snapshot!("noticed", noticed);
    });
}
