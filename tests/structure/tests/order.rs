//! The order of folders, kept and broken.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use common::fixture;
use workspace_structure::Order;

#[test]
fn layers_that_stand_on_one_another_are_accepted() {
    assert_eq!(broken("layers", &[&["low"], &["middle"], &["high"]]), "");
}

#[test]
fn an_upward_import_breaks_the_order() {
    assert_eq!(
        broken("layers", &[&["middle"], &["low"], &["high"]]),
        "\
upward: middle/mod.rs names `LIMIT` of low.rs (line 1)
  help: move what it names down, or middle/mod.rs up in the list of layers"
    );
}

#[test]
fn the_root_stands_above_all_layers() {
    assert_eq!(
        broken("names_the_root", &[&["low"]]),
        "\
upward: low.rs names `LIMIT` of lib.rs (line 1)
  help: move what it names down, or low.rs up in the list of layers"
    );
}

#[test]
fn programs_stand_above_the_library() {
    assert_eq!(broken("ok_program", &[&["args"], &["a"]]), "");
}

#[test]
fn entries_of_a_layer_do_not_import_one_another() {
    assert_eq!(
        broken("layers", &[&["low"], &["high", "middle"]]),
        "\
within a layer: high.rs names `LIMIT` of middle/mod.rs (line 1)
  help: give one of them a layer of its own"
    );
}

#[test]
fn every_entry_is_listed() {
    assert_eq!(
        broken("layers", &[&["low"], &["high"]]),
        "\
`middle` is in no layer
  help: add it to the list, as low as its imports allow"
    );
}

#[test]
fn nothing_is_listed_that_does_not_exist() {
    assert_eq!(
        broken("layers", &[&["low"], &["gone", "middle"], &["high"]]),
        "\
`gone` is in a layer and does not exist
  help: take it off the list"
    );
}

#[test]
fn nothing_is_listed_twice_and_no_root_is() {
    assert_eq!(
        broken(
            "layers",
            &[&["low"], &["middle", "lib"], &["high"], &["high"]]
        ),
        "\
`lib` is listed twice, or a crate's root, which stands above all layers
  help: take it off the list
`high` is listed twice, or a crate's root, which stands above all layers
  help: take it off the list"
    );
}

fn broken(name: &str, layers: &[&[&str]]) -> String {
    let owned = |layer: &&[&str]| layer.iter().map(|&entry| entry.to_owned()).collect();
    let order = Order(layers.iter().map(owned).collect());
    let violations = order.violations(&fixture(name).unwrap());
    let violations: Vec<_> = violations.iter().map(ToString::to_string).collect();
    violations.join("\n")
}
