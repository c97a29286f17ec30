//! The workspace itself: no circles, and every crate's layers kept.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod members;

use members::{layers, members};
use workspace_structure::circles;

#[test]
fn the_tree_has_no_circles() {
    let mut told = Vec::new();
    for member in members() {
        let imports = member.imports();
        let circles = circles(&imports);
        println!(
            "{}: {} files, {} imports, {} circles",
            member.source,
            imports.files.len(),
            imports.imports.len(),
            circles.len()
        );
        let lines = circles
            .iter()
            .map(|circle| format!("{}: {circle}", member.source));
        told.extend(lines);
    }
    assert!(told.is_empty(), "\n{}", told.join("\n\n"));
}

#[test]
fn every_layer_stands_on_those_below_it() {
    let mut layers = layers();
    let mut told = Vec::new();
    for member in members() {
        let Some(order) = layers.remove(&member.source) else {
            continue;
        };
        if order.0.is_empty() {
            continue;
        }
        let violations = order.violations(&member.imports());
        let lines = violations
            .iter()
            .map(|violation| format!("{}: {violation}", member.source));
        told.extend(lines);
    }
    let unknown = layers.keys().map(|source| {
        format!("{source}: in layers.toml, and no source folder of a member\n  help: correct it, or take it off the list")
    });
    told.extend(unknown);
    assert!(told.is_empty(), "\n{}", told.join("\n\n"));
}
