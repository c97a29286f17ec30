//! What is told of a change, and that every change is told.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests are tests"
)]

mod common;
mod mutate;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use codegen::drift::{Change, Effects, Report, What};
use codegen::{Slice, drift, trim};
use common::{committed, shared, slice};
use mutate::Mutation;
use serde_json::Value;

#[test]
fn four_years_of_changes_are_told_for_what_they_are() {
    let Some(older) = shared("upstream/spec3.2022.full.json") else {
        return;
    };
    let older_slice = Slice::parse(include_str!("data/older.slice.toml")).unwrap();
    let older = trim(&codegen::parse(&older).unwrap(), &older_slice)
        .unwrap()
        .document;
    let report = drift(&older, &committed(), &slice()).unwrap();
    insta::assert_snapshot!("four_years", report.to_text());
}

#[test]
fn every_single_change_is_caught() {
    let document = committed();
    let slice = slice();
    let mutations = mutate::all(&document);
    let missed = each(&mutations, |mutation| {
        match drift(&document, &mutation.apply(&document), &slice) {
            // A document that cannot be used raises the loudest alarm of all.
            Err(_) => None,
            Ok(report) if mutation.kind == "rename a schema" => only_a_new_name(&report),
            Ok(report) => expectation(mutation.kind)(report.effects())
                .err()
                .map(|missed| missed.to_owned()),
        }
    });
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    mutations
        .iter()
        .for_each(|mutation| *kinds.entry(mutation.kind).or_default() += 1);
    println!("{kinds:#?}");
    println!(
        "drift caught {} of {} mutations",
        mutations.len() - missed.len(),
        mutations.len()
    );
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(mutations.len() > 5_000, "openapi/README.md says so");
}

#[test]
fn what_means_nothing_raises_no_alarm() {
    let document = committed();
    let slice = slice();
    let alarm = |report: Report| {
        let loud = report
            .findings
            .iter()
            .filter(|finding| finding.effects != Effects::DOCUMENTS);
        loud.map(|finding| format!("{} {}", finding.name, finding.what))
            .next()
    };
    let mutations = mutate::silent::all(&document);
    let mut alarms = each(&mutations, |mutation| {
        alarm(drift(&document, &mutation.apply(&document), &slice).unwrap())
    });
    let texts = [
        mutate::silent::reversed_keys(&document),
        mutate::silent::spread_out(&document),
    ];
    for text in &texts {
        let report = drift(&document, &codegen::parse(text).unwrap(), &slice).unwrap();
        alarms.extend(alarm(report));
    }
    let count = mutations.len() + texts.len();
    println!(
        "drift raised {} alarms for {count} changes of prose, order and space",
        alarms.len()
    );
    assert!(alarms.is_empty(), "{alarms:#?}");
    assert!(count > 1_500, "openapi/README.md says so");
}

#[test]
fn another_way_of_saying_the_same_is_not_told() {
    let document = committed();
    let slice = slice();
    let mutations = mutate::meaning::all(&document);
    let told = each(&mutations, |mutation| {
        match drift(&document, &mutation.apply(&document), &slice) {
            Ok(report) if report.findings.is_empty() => None,
            Ok(report) => Some(report.to_text()),
            Err(error) => Some(error.to_string()),
        }
    });
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for mutation in &mutations {
        *kinds.entry(mutation.kind).or_default() += 1;
    }
    println!("{kinds:#?}");
    println!(
        "drift told {} of {} changes of how the same is said",
        told.len(),
        mutations.len()
    );
    assert!(told.is_empty(), "{:#?}", &told[..told.len().min(9)]);
    assert!(mutations.len() > 4_000, "openapi/README.md says so");
}

/// A change is found in a document that is laid out otherwise as well.
#[test]
fn every_kind_of_change_is_caught_in_another_layout() {
    let (document, slice) = (committed(), slice());
    let rewritten = mutate::meaning::rewritten(&document);
    assert_eq!(drift(&document, &rewritten, &slice).unwrap().findings, []);
    let mutations = mutate::all(&rewritten).into_iter();
    // Null is allowed already where a wrapper or its content allows it; an alias has no type, and
    // means what it leads to.
    let counts = |it: &Mutation| match it.kind {
        "toggle nullable" | "rename a schema" => false,
        "change a $ref" => {
            let reference = |node: &Value| node["$ref"].as_str().unwrap().replace(".alias", "");
            reference(&it.node) != reference(it.at.resolve(&rewritten).unwrap())
        }
        _ => true,
    };
    let mutations: Vec<_> = mutations.filter(counts).step_by(23).collect();
    let missed = each(&mutations, |mutation| {
        let report = drift(&document, &mutation.apply(&rewritten), &slice).ok()?;
        let missed = expectation(mutation.kind)(report.effects()).err()?;
        Some(missed.to_owned())
    });
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(mutations.len() > 200, "{}", mutations.len());
}

/// A component of another name is told in one line, however many places refer to it.
fn only_a_new_name(report: &Report) -> Option<String> {
    match report.findings.as_slice() {
        [only] if only.what == What::RustType && only.change == Change::Renamed => None,
        _ => Some(report.to_text()),
    }
}

/// What a kind of change must be told as, at the least.
fn expectation(kind: &str) -> fn(Effects) -> Result<(), &'static str> {
    match kind {
        "add a form"
        | "add a required parameter"
        | "change a $ref"
        | "change a cut $ref"
        | "change a method"
        | "change a path"
        | "change a server"
        | "change a style"
        | "change a type"
        | "change the security"
        | "drop a body"
        | "drop a form"
        | "drop a media type"
        | "drop a parameter"
        | "drop a property"
        | "drop a type"
        | "drop an answer"
        | "drop an encoding"
        | "drop an enum"
        | "drop an enum value"
        | "drop an event type"
        | "drop an operation"
        | "make a parameter optional"
        | "make a parameter required"
        | "move a parameter"
        | "rename a parameter"
        | "rename a property"
        | "toggle explode" => |effects| {
            if effects.breaks() {
                Ok(())
            } else {
                Err("told as harmless")
            }
        },
        "add a parameter"
        | "add a property"
        | "add an answer"
        | "add an enum value"
        | "add an event type"
        | "add an expandable field"
        | "add an operation" => |effects| {
            if effects == Effects::ADDS {
                Ok(())
            } else {
                Err("told as something else than new")
            }
        },
        "change an expansion"
        | "change an operation id"
        | "change the version"
        | "drop an expandable field"
        | "toggle deprecated"
        | "toggle x-stripeBypassValidation" => |effects| {
            if effects == Effects::DOCUMENTS {
                Ok(())
            } else {
                Err("told as graver than it is")
            }
        },
        _ => |effects| {
            if effects == Effects::NONE {
                Err("not told")
            } else {
                Ok(())
            }
        },
    }
}

/// Runs a check of every mutation on all cores, and returns what it said of those that fail it.
fn each(mutations: &[Mutation], check: impl Fn(&Mutation) -> Option<String> + Sync) -> Vec<String> {
    let failures = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(mutation) = mutations.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(failure) = check(mutation) {
                        let failure = format!("{} at {}: {failure}", mutation.kind, mutation.at);
                        failures.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    failures
}
