//! What is told of a change, and that every change is told.

mod common;

use codegen::{Slice, drift, trim};
use common::{committed, shared, slice};

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
