//! What is told of components, circles and slices, whose change is not one of single places.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "helpers of tests are tests, and not all of them are needed here"
)]

mod common;

use std::path::Path;

use codegen::drift::{Effects, Report};
use codegen::{Slice, drift};
use common::shared;
use serde_json::{Map, Value, json};

/// A document with one operation that answers the component `root`.
fn document(schemas: Value) -> Value {
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/v1/things": {"get": {"operationId": "GetThings", "responses": {"200": {
            "description": "",
            "content": {"application/json": {"schema": to("root")}},
        }}}}},
        "components": {"schemas": schemas},
    })
}

fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn object(fields: Value) -> Value {
    json!({"type": "object", "properties": fields})
}

fn slice() -> Slice {
    Slice::parse("cut = []\ninclude = ['/v1/**']").unwrap()
}

fn lines(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings
        .map(|it| {
            let [was, now] = [&it.was, &it.now].map(|value| value.as_deref().unwrap_or("-"));
            format!(
                "{}: {} {}, {was} → {now}: {}",
                it.name, it.what, it.change, it.effects
            )
        })
        .collect()
}

fn told(before: Value, after: Value) -> Vec<String> {
    lines(&drift(&document(before), &document(after), &slice()).unwrap())
}

#[test]
fn a_circle_written_out_on_either_side_is_the_same_circle() {
    let nested = |depth: usize, end: &str| {
        (0..depth).fold(to(end), |inner, _| object(json!({ "next": inner })))
    };
    // The values are the same chains of `next`; the references are at every second and third place.
    let before = json!({"root": nested(2, "root")});
    for after in [
        json!({"root": nested(3, "root")}),
        json!({"root": object(json!({"next": nested(3, "root")}))}),
        json!({"root": to("root_of_all"), "root_of_all": nested(5, "root")}),
    ] {
        assert_eq!(told(before.clone(), after.clone()), [""; 0]);
        assert_eq!(told(after, before.clone()), [""; 0]);
    }
    // A component that is new holds what `root` held alone: its type in Rust is another.
    let split = json!({"root": nested(1, "other"), "other": nested(2, "root")});
    let told_of_split = told(before.clone(), split);
    assert!(
        told_of_split.len() == 1 && told_of_split[0].ends_with("root → other: breaks API"),
        "{told_of_split:?}"
    );
    let mut other = nested(3, "root");
    other["properties"]["next"]["properties"]["more"] = json!({"type": "string"});
    let told = told(before, json!({"root": other}));
    assert!(!told.is_empty() && told.iter().all(|line| line.contains("more: field added")));
}

#[test]
fn components_of_a_circle_are_renamed_one_by_one() {
    let pair = |one: &str, other: &str| {
        let fields = |next: &str| object(json!({"next": to(next), "name": {"type": "string"}}));
        let mut other_fields = fields(one);
        other_fields["properties"]["size"] = json!({"type": "integer"});
        json!({"root": object(json!({"one": to(one), "two": to(other)})), one: fields(other), other: other_fields})
    };
    assert_eq!(
        told(pair("a_one", "a_two"), pair("b_one", "b_two")),
        [
            "b_one: type renamed, a_one → b_one: breaks API",
            "b_two: type renamed, a_two → b_two: breaks API",
        ]
    );
    // The name in Rust is the same.
    assert_eq!(
        told(pair("a_one", "a_two"), pair("a.one", "a-two")),
        [""; 0]
    );
    // A plain value has no type of its own.
    let plain =
        |name: &str| json!({"root": object(json!({"id": to(name)})), name: {"type": "string"}});
    assert_eq!(told(plain("an_id"), plain("the_id")), [""; 0]);
}

#[test]
fn a_renamed_component_still_shows_what_else_changed() {
    let with = |name: &str, size: &str| {
        let fields =
            json!({"id": {"type": "string"}, "size": {"type": size}, "shape": to("shape")});
        json!({"root": object(json!({"thing": to(name), "things": {"type": "array", "items": to(name)}})),
            "shape": {"type": "string", "enum": ["round"]}, name: object(fields)})
    };
    assert_eq!(
        told(with("thing", "integer"), with("article", "string")),
        [
            "article.size: type changed, integer → string: breaks API, breaks decoding",
            "article: type renamed, thing → article: breaks API",
        ]
    );
}

#[test]
fn another_component_is_no_renamed_one() {
    let thing = |field: &str| object(json!({"id": {"type": "string"}, field: {"type": "integer"}}));
    let both = |used: [&str; 2], other: &str| {
        let [one, two] = used;
        json!({"root": object(json!({"one": to(one), "two": to(two), "all": to("a")})),
            "a": thing("size"), "b": thing(other)})
    };
    // Both have their types before and after: the field has the other one now.
    assert_eq!(
        told(both(["a", "b"], "size"), both(["b", "b"], "size")),
        ["root.one: reference changed, a → b: breaks API"]
    );
    assert_eq!(
        told(both(["a", "b"], "weight"), both(["b", "b"], "weight")),
        ["root.one: reference changed, a → b: breaks API, breaks decoding"]
    );
    // One is gone and one is new, and they have nothing in common.
    let only = |name: &str, fields: Value| json!({"root": object(json!({"one": to(name)})), name: object(fields)});
    assert_eq!(
        told(
            only("a", json!({"x": {"type": "string"}})),
            only("b", json!({"y": {"type": "string"}}))
        ),
        ["root.one: reference changed, a → b: breaks API, breaks decoding"]
    );
}

#[test]
fn a_change_within_an_inlined_component_is_told_where_it_is_now() {
    let thing = |kind: &str| object(json!({"id": {"type": kind}}));
    assert_eq!(
        told(
            json!({"root": object(json!({"one": to("thing")})), "thing": thing("string")}),
            json!({"root": object(json!({"one": thing("integer")}))})
        ),
        ["root.one.id: type changed, string → integer: breaks API, breaks decoding"]
    );
}

#[test]
fn what_operations_share_is_told_once() {
    let shared = |kind: &str| {
        let mut document = document(json!({"root": object(json!({}))}));
        let item = &mut document["paths"]["/v1/things"];
        item["post"] = item["get"].clone();
        item["post"]["operationId"] = "PostThings".into();
        item["parameters"] = json!([{"name": "id", "in": "query", "schema": {"type": kind}}]);
        document
    };
    let report = drift(&shared("string"), &shared("integer"), &slice()).unwrap();
    let [only] = report.findings.as_slice() else {
        panic!("{}", report.to_text())
    };
    assert_eq!(only.name, "things.retrieve: id");
    assert_eq!(only.note.as_deref(), Some("the same for things.update: id"));
}

#[test]
fn a_discriminator_follows_its_components() {
    let union = |names: [&str; 2], key: &str| {
        let [a, b] = names;
        let mapping = |name: &str| format!("#/components/schemas/{name}");
        json!({
            "root": {"oneOf": [to(a), to(b)], "discriminator": {
                "propertyName": "kind", "mapping": {key: mapping(a), "b": mapping(b)},
            }},
            a: object(json!({"kind": {"type": "string"}, "x": {"type": "string"}})),
            b: object(json!({"kind": {"type": "string"}, "y": {"type": "string"}})),
        })
    };
    assert_eq!(
        told(union(["one", "two"], "a"), union(["one", "three"], "a")),
        ["three: type renamed, two → three: breaks API"]
    );
    let told = told(union(["one", "two"], "a"), union(["one", "two"], "c"));
    assert!(
        told.len() == 1 && told[0].starts_with("root: discriminator changed"),
        "{told:?}"
    );
}

#[test]
fn long_chains_of_components_are_compared_without_recursion() {
    const LENGTH: usize = 3_000;
    let chain = |prefix: &str, last: &str| {
        let name = |n: usize| format!("{prefix}{n}");
        let mut schemas: Map<String, Value> = (1..LENGTH)
            .map(|n| {
                (
                    name(n),
                    object(json!({"next": to(&name(n + 1)), "n": {"type": "integer"}})),
                )
            })
            .collect();
        schemas.insert("root".to_owned(), object(json!({"next": to(&name(1))})));
        schemas.insert(name(LENGTH), object(json!({"n": {"type": last}})));
        document(schemas.into())
    };
    let key = "[[operations]]\nmethod = 'get'\npath = '/v1/things'\nrust = 'things.list'";
    let slice = Slice::parse(key).unwrap();
    let compare = |after: &Value| drift(&chain("a", "integer"), after, &slice).unwrap();
    assert_eq!(compare(&chain("a", "integer")).findings, []);
    assert_eq!(compare(&chain("a", "string")).findings.len(), 1);
    let renamed = compare(&chain("b", "string"));
    assert_eq!(renamed.findings.len(), LENGTH + 1);
    // Each component of one document holds the next written out in the other.
    let unfolded = {
        let mut document = chain("b", "integer");
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        for n in (1..LENGTH).step_by(2) {
            let next = schemas.remove(&format!("b{}", n + 1)).unwrap();
            schemas[&format!("b{n}")]["properties"]["next"] = next;
        }
        document
    };
    let told = compare(&unfolded);
    assert!(
        told.findings
            .iter()
            .all(|it| it.effects == Effects::BREAKS_API)
    );
    assert!(told.findings.len() <= LENGTH, "{}", told.findings.len());
}

#[test]
fn patterns_of_a_slice_are_written_out_against_each_document() {
    let with = |paths: &[&str]| {
        let mut document = document(json!({"root": object(json!({}))}));
        let operation = document["paths"]["/v1/things"]["get"].clone();
        for (n, path) in paths.iter().enumerate() {
            let mut operation = operation.clone();
            operation["operationId"] = format!("Get{n}").into();
            document["paths"][path] = json!({ "get": operation });
        }
        document
    };
    let slice = |text: &str| Slice::parse(text).unwrap();
    let things = slice("include = ['/v1/things/**', '/v1/other/**']");
    let report = drift(
        &with(&[]),
        &with(&["/v1/things/{id}", "/v1/other", "/v1/more"]),
        &things,
    );
    let report = report.unwrap();
    assert_eq!(
        lines(&report),
        [
            // It has a page of its own below now, and so another name by the rules.
            "things.list: method renamed, things.retrieve → things.list: breaks API",
            "other.retrieve: operation added, - → GET /v1/other: adds",
            "things.retrieve: operation added, - → GET /v1/things/{id}: adds",
        ]
    );
    assert_eq!((report.outside, report.outside_before), (1, None));
    let gone = drift(&with(&["/v1/other"]), &with(&[]), &things).unwrap();
    assert_eq!(
        lines(&gone),
        ["other.retrieve: operation removed, GET /v1/other → -: breaks API"]
    );
    let nowhere = drift(&with(&[]), &with(&[]), &things).unwrap_err();
    assert!(
        nowhere
            .to_string()
            .contains("`/v1/other/**` matches no path of either"),
        "{nowhere}"
    );

    let typo = "[[operations]]\nmethod = 'get'\npath = '/v1/typo'\nrust = 'typo.get'\n";
    let nothing = drift(&with(&[]), &with(&[]), &slice(typo)).unwrap_err();
    assert!(
        nothing
            .to_string()
            .contains("neither document has an operation"),
        "{nothing}"
    );
    let one = "[[operations]]\nmethod = 'get'\npath = '/v1/things'\nrust = 'things.list'\n";
    let report = drift(&with(&[]), &with(&[]), &slice(&format!("{one}{typo}"))).unwrap();
    assert!(
        report
            .to_text()
            .contains("in neither document: GET /v1/typo")
    );
}

#[test]
fn documents_with_one_defect_are_the_same_as_themselves() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/hostile");
    let Ok(entries) = std::fs::read_dir(&directory) else {
        println!("skipped: ../shared/hostile does not lie beside this checkout");
        return;
    };
    let texts = entries.filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok());
    let documents: Vec<Value> = texts
        .filter_map(|text| codegen::parse(&text).ok())
        .collect();
    assert!(documents.len() > 40, "{}", documents.len());
    let all = Slice::including(["/**".to_owned()]);
    for document in &documents {
        // A refusal has a place and a remedy; anything else than those is a panic.
        if let Ok(report) = drift(document, document, &all) {
            assert_eq!(report.findings, [], "{}", document["info"]);
        }
        let _ = drift(&documents[0], document, &all);
    }
}

/// Read line by line: each is a change of the document, and none is missing that an independent
/// comparison of the two texts finds.
#[test]
fn real_revisions_are_told_for_what_they_are() {
    let slices = [
        (
            "revisions/financial-connections.2022-05-04.json",
            "revisions/financial-connections.2022-05-13.json",
        ),
        (
            "revisions/financial-connections.2022-05-13.json",
            "revisions/financial-connections.2022-12-15.json",
        ),
        (
            "revisions/financial-connections.2022-12-15.json",
            "revisions/financial-connections.2023-08-21.json",
        ),
        (
            "revisions/financial-connections.2023-08-21.json",
            "financial-connections.2026-09-30.endive.json",
        ),
    ];
    let mut text = String::new();
    for (before, after) in slices {
        let [Some(one), Some(other)] = [before, after].map(|it| shared(&format!("upstream/{it}")))
        else {
            return;
        };
        let [one, other] = [one, other].map(|text| codegen::parse(&text).unwrap());
        text += &format!("# {before} {after}\n\n");
        text += &drift(&one, &other, &common::slice()).unwrap().to_text();
        text += "\n";
    }
    insta::assert_snapshot!("revisions", text);
}

#[test]
fn whole_documents_of_two_years_are_told_for_what_they_are() {
    let names = ["spec3.2022.full.json", "spec3.2023.full.yaml"];
    let [Some(one), Some(other)] = names.map(|it| shared(&format!("upstream/{it}"))) else {
        return;
    };
    let [one, other] = [one, other].map(|text| codegen::parse(&text).unwrap());
    let mut text = String::new();
    for pattern in ["/**", "/v1/payment_intents/**"] {
        let slice = Slice::including([pattern.to_owned()]);
        let report = drift(&one, &other, &slice).unwrap().to_text();
        // The older document's versions of the API were mangled into one time stamp.
        let (versions, others): (Vec<_>, Vec<_>) = report
            .lines()
            .partition(|line| line.contains("api_version") && line.contains("enum value"));
        text += &format!("# {pattern}\n\n{}\n", others.join("\n"));
        text += &format!("\nversions of the API: {}\n\n", versions.len());
    }
    insta::assert_snapshot!("whole_documents", text);
}
