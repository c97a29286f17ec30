//! Every single change of the document, and which layers see it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::each::each;
use super::mutate;
use crate::comparison::committed::{reading, types};
use crate::comparison::compare::agree;
use crate::comparison::document::{self, Reading};
use crate::comparison::{names, show};
use crate::wire::{check, reading as answers, sent};

/// Which layers raise an alarm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Alarms {
    /// Layer 1: a difference without a rule, or a rule without a difference.
    types: bool,
    /// Layer 1: nothing but the snapshot of a type, or of the operations, is another.
    snapshots: bool,
    /// Layer 2: an example of an answer, or a request that was sent.
    wire: bool,
}

/// What is the same for all changes.
struct Committed {
    snapshots: Vec<String>,
    answers: BTreeMap<String, Value>,
}

fn committed() -> &'static Committed {
    static COMMITTED: OnceLock<Committed> = OnceLock::new();
    COMMITTED.get_or_init(|| Committed {
        snapshots: snapshots(reading()),
        answers: answers::all(names::marked()).into_iter().collect(),
    })
}

fn alarms(document: &Value) -> Alarms {
    let changed = document::read(document);
    let mut places = changed.facts.changed(&reading().facts);
    places.extend(changed.marks.changed(&reading().marks));
    let types = !places.is_empty() && !agree(&changed, types(), &places);
    Alarms {
        types,
        snapshots: !places.is_empty() && !types && snapshots(&changed) != committed().snapshots,
        wire: wire(document),
    }
}

/// Every snapshot's text.
fn snapshots(reading: &Reading) -> Vec<String> {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        stripe_financial_connections::schemas()
            .into_keys()
            .collect()
    });
    let shapes = names.iter().map(|name| show::shape(name, reading, types()));
    shapes.chain([show::operations(types(), reading)]).collect()
}

/// Only what is another than in the committed document is tried again.
fn wire(document: &Value) -> bool {
    let mut changed = answers::all(document)
        .into_iter()
        .filter(|(name, schema)| committed().answers.get(name) != Some(schema));
    changed.any(|(name, schema)| answers::tried(document, &name, &schema).any(|it| it.is_some()))
        || document["paths"] != names::marked()["paths"]
            && !check::problems(document, sent::all()).is_empty()
}

#[test]
fn every_single_change_of_the_document_is_seen() {
    // The same changes with and without our marks: the third layer reads upstream's documents.
    let (plain, marked) = (mutate::all(names::document()), mutate::all(names::marked()));
    assert_eq!(plain.len(), marked.len());
    let pairs: Vec<_> = plain.iter().zip(&marked).collect();
    let seen = each(&pairs, |(plain, marked)| {
        assert_eq!((plain.kind, &plain.at), (marked.kind, &marked.at));
        let alarms = alarms(&marked.apply(names::marked()));
        // Layer 3 has a harness of its own; here it is asked what the others let pass.
        let passed = alarms == Alarms::default();
        (alarms, passed && drifts(&plain.apply(names::document())))
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_drift_alone: BTreeMap<&str, usize> = BTreeMap::new();
    let mut missed = Vec::new();
    for ((mutation, _), (alarms, drift)) in pairs.iter().zip(&seen) {
        for (layer, seen) in [
            ("layer 1, by its rules", alarms.types),
            ("layer 1, by a snapshot alone", alarms.snapshots),
            ("layer 2", alarms.wire),
            ("layers 1 and 2", *alarms != Alarms::default()),
            ("layer 3 alone", *drift),
        ] {
            *counts.entry(layer).or_default() += usize::from(seen);
        }
        if *drift {
            *by_drift_alone.entry(mutation.kind).or_default() += 1;
        } else if *alarms == Alarms::default() {
            missed.push(format!("{} at {}", mutation.kind, mutation.at));
        }
    }
    println!(
        "changes of the document: {} of {} seen",
        seen.len() - missed.len(),
        seen.len()
    );
    println!("{counts:#?}\nby layer 3 alone: {by_drift_alone:#?}");
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Whether the third layer raises an alarm. A document that cannot be used raises the loudest of all.
fn drifts(document: &Value) -> bool {
    let report = codegen::drift(names::document(), document, names::slice());
    report.map_or(true, |report| !report.findings.is_empty())
}

#[test]
fn what_means_nothing_raises_no_alarm() {
    let mutations = mutate::silent::all(names::marked());
    let mut documents: Vec<Value> = mutations
        .iter()
        .map(|mutation| mutation.apply(names::marked()))
        .collect();
    for text in [
        mutate::silent::reversed_keys(names::marked()),
        mutate::silent::spread_out(names::marked()),
    ] {
        documents.push(codegen::parse(&text).unwrap());
    }
    let alarmed = each(&documents, |document| alarms(document) != Alarms::default());
    let alarms = alarmed.iter().filter(|alarmed| **alarmed).count();
    println!(
        "layers 1 and 2 raised {alarms} alarms for {} changes of prose, order and space",
        documents.len()
    );
    let loud = mutations
        .iter()
        .zip(&alarmed)
        .filter(|(_, alarmed)| **alarmed);
    let loud: Vec<String> = loud
        .map(|(it, _)| format!("{} at {}", it.kind, it.at))
        .collect();
    assert_eq!(alarms, 0, "{loud:#?}");
}
