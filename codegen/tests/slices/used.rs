//! Crates of slices, compiled and used.

use std::fs;

use serde_json::Value;

use crate::account::account;
use crate::common::shared;
use crate::crates::{compiled, run};
use crate::declared::declared;
use crate::sources::{all_paths, generate, generated, paths, slice_file, upstream};
use crate::stub::Stub;

/// Every fixture of a resource that the slices have, read and written by the generated types.
///
/// The fixtures are four years younger than the document.
#[test]
fn fixtures_come_back_whole() {
    let (Some(upstream), Some(fixtures)) = (upstream(), shared("upstream/fixtures3.json")) else {
        return;
    };
    let paths = all_paths();
    let slice = generate(&upstream.text, &slice_file(&paths), "stripe-six", false).unwrap();
    let declared = declared(&generated(&slice));
    let types = account(&upstream.document, &paths, &declared, &slice).types;
    let resources: Value = serde_json::from_str(&fixtures).unwrap();
    let resources = resources["resources"].as_object().unwrap();
    let schemas = &upstream.document["components"]["schemas"];
    let mut checks = String::new();
    let mut report = String::new();
    for (component, ty) in &types {
        let is_resource = schemas[component]["x-resourceId"].is_string();
        match resources.contains_key(component) {
            true => {
                checks += &format!(
                    "check::<stripe_six::types::{ty}>({component:?}, &resources[{component:?}]);\n"
                );
            }
            false if is_resource => report += &format!("{component}: no fixture\n"),
            false => {}
        }
    }
    let program = include_str!("programs/fixtures.rs").replace("    CHECKS\n", &checks);
    let program = compiled("stripe-six", slice, &program);
    let file = program.with_file_name("fixtures.json");
    fs::write(&file, fixtures).unwrap();
    let outcome = run(&program, &[("FIXTURES", file.to_str().unwrap())]);
    assert_eq!(outcome.lines().count(), checks.lines().count());
    let (whole, other): (Vec<&str>, Vec<&str>) =
        outcome.lines().partition(|line| line.ends_with(": whole"));
    assert!(whole.len() > 40, "{outcome}");
    for line in other {
        report += &format!("{line}\n");
    }
    report += &format!("{} others come back whole\n", whole.len());
    insta::with_settings!({ description => "fixtures of 2026 that lack what the document of 2022 requires", omit_expression => true }, {
        insta::assert_snapshot!("fixtures", report);
    });
}

/// A program with a generated crate against a server made from the document.
#[test]
fn requests_arrive_as_the_document_has_them() {
    let Some(upstream) = upstream() else { return };
    let slice = slice_file(paths("checkout"));
    let slice = generate(&upstream.text, &slice, "stripe-checkout", false).unwrap();
    let program = compiled("stripe-checkout", slice, include_str!("programs/calls.rs"));
    let stub = Stub::start(&upstream.document);
    let printed = run(&program, &[("BASE_URL", &stub.url)]);
    assert_eq!(
        printed,
        "retrieved text\nlisted id_1\nlisted id_2\nlisted id_3\ncreated text\n"
    );
    let received = stub.received();
    assert!(
        received.iter().all(|request| request.faults.is_empty()),
        "{received:?}"
    );
    let text: String = received
        .iter()
        .map(|request| {
            let form = request.form.replace('&', "\n  ");
            format!("{} {}\n  {form}\n", request.method, request.path)
        })
        .collect();
    insta::with_settings!({ description => "what arrives", omit_expression => true }, {
        insta::assert_snapshot!("requests", text);
    });
}
