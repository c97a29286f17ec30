//! Sources that cannot be read are told with their file and line.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use common::fixture;

#[test]
fn a_file_that_is_no_rust() {
    let problem = problem("broken");
    assert!(problem.starts_with("a.rs:3: expected"), "{problem}");
}

#[test]
fn a_module_without_a_file() {
    assert_eq!(problem("without_file"), "lib.rs:2: module `a` has no file");
}

#[test]
fn a_file_without_a_module() {
    assert_eq!(
        problem("without_module"),
        "lost.rs: no `mod` that the check can see declares this file: declare it outside macros, or delete it"
    );
}

#[test]
fn modules_that_declare_one_another() {
    assert_eq!(
        problem("declares_itself"),
        "lib.rs: modules that declare one another"
    );
}

/// The error of a fixture, from the name of the file on.
fn problem(name: &str) -> String {
    let error = fixture(name).unwrap_err().to_string();
    error.rsplit('/').next().unwrap().to_owned()
}
