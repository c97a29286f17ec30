//! The generated types against the document, keyword by keyword.

use std::collections::BTreeSet;

use crate::comparison::committed::{reading, types};
use crate::comparison::compare::compare;
use crate::comparison::rules::{RULES, Rule};
use crate::comparison::show;
use crate::compiled;

#[test]
fn every_difference_is_deliberate() {
    let comparison = compare(reading(), types());
    let complaints = comparison.complaints();
    println!(
        "{} keywords compared, {} differ by a rule",
        reading().facts.iter().count(),
        comparison.explained.len()
    );
    assert!(
        complaints.is_empty(),
        "{} complaints\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

#[test]
fn a_rule_that_explains_nothing_is_a_complaint() {
    let mut without = reading().clone();
    without.facts.retain(|_, keyword| keyword != "title");
    let comparison = compare(&without, types());
    assert_eq!(
        comparison.complaints(),
        ["the rule `titles` explains nothing: remove it"]
    );
}

#[test]
fn the_text_says_what_the_compiled_types_say() {
    // What a schema has no word for.
    const TEXT_ONLY: [&str; 4] = ["declared", "field", "tag", "variant"];
    let compiled = compiled::read();
    let mut text = types().clone();
    text.retain(|place, keyword| {
        let is_operation = place.contains(['?', '>']) || text_only_place(place);
        !TEXT_ONLY.contains(&keyword) && !is_operation
    });
    let mut differences = Vec::new();
    for (left, right, side) in [(&compiled, &text, "compiled"), (&text, &compiled, "text")] {
        for (place, keyword, values) in left.iter() {
            if right.get(place, keyword) != values {
                differences.push(format!("{side}: {place} {keyword} {values:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Operations are named in lower case, types are not.
fn text_only_place(place: &str) -> bool {
    place != "document" && place.starts_with(char::is_lowercase)
}

#[test]
fn each_type_is_reviewed_on_its_own() {
    let mut expected = BTreeSet::from(["operations.snap".to_owned(), "rules.snap".to_owned()]);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/types");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in stripe_financial_connections::schemas().keys() {
        settings.set_description(format!("What {name} is on the wire."));
        settings
            .bind(|| insta::assert_snapshot!(name.as_str(), show::shape(name, reading(), types())));
        expected.insert(format!("{name}.snap"));
    }
    settings.set_description("Every operation, and how each parameter is sent.");
    settings.bind(|| insta::assert_snapshot!("operations", show::operations(types(), reading())));

    settings.set_description("Every deliberate difference between the document and the types, and how often there is one.");
    settings.bind(|| insta::assert_snapshot!("rules", rules()));

    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/types");
    let present: BTreeSet<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    assert_eq!(present, expected, "a snapshot of a type that is gone");
}

fn rules() -> String {
    let comparison = compare(reading(), types());
    let line = |rule: &Rule| {
        let by_it = comparison
            .explained
            .iter()
            .filter(|(_, by)| by.name == rule.name);
        format!("{} ({}): {}\n", rule.name, by_it.count(), rule.reason)
    };
    RULES.iter().map(line).collect()
}
