//! Every single change of the generated text, and that layer 1 and `regen --check` see it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::each::each;
use super::edit::{self, Edit};
use crate::comparison::committed::{reading, types};
use crate::comparison::compare::agree;
use crate::comparison::source;

/// What `regen --check` compares the committed files with, byte by byte.
fn generated() -> BTreeMap<String, String> {
    let sources = codegen::Sources {
        document: include_str!("../../../../openapi/financial-connections.json"),
        overlay: include_str!("../../../../openapi/overlay.yaml"),
        slice: include_str!("../../../../openapi/slice.toml"),
    };
    codegen::client(&sources, &mut |_| {}).unwrap().files
}

#[test]
fn every_single_change_of_the_generated_text_is_seen() {
    let generated = generated();
    for (name, text) in source::committed() {
        assert_eq!(generated.get(*name), Some(text), "{name} is stale");
    }
    let edits = edit::all(source::committed());
    let seen = each(&edits, |edit| {
        let changed = edit.apply(&source::committed()[edit.file]);
        (
            layer_1(edit.file, &changed),
            generated[edit.file] != changed,
        )
    });
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    edits
        .iter()
        .for_each(|edit| *kinds.entry(edit.kind).or_default() += 1);
    let count = |by: fn(&(bool, bool)) -> bool| seen.iter().filter(|seen| by(seen)).count();
    println!("{kinds:#?}");
    println!(
        "changes of the generated text: {}; seen by layer 1: {}, by `regen --check`: {}",
        edits.len(),
        count(|(types, _)| *types),
        count(|(_, bytes)| *bytes)
    );
    let missed = edits
        .iter()
        .zip(&seen)
        .filter(|(_, seen)| **seen != (true, true));
    let missed: Vec<(&Edit, _)> = missed.collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Whether layer 1 raises an alarm at this text of one file.
fn layer_1(name: &'static str, text: &str) -> bool {
    thread_local! {
        /// The committed files, parsed once for each thread: syntax trees cannot be shared.
        static PARSED: RefCell<BTreeMap<&'static str, syn::File>> = RefCell::new(parsed());
    }
    PARSED.with_borrow_mut(|files| {
        let Ok(changed) = syn::parse_file(&without_words(text)) else {
            // What cannot be read raises an alarm too.
            return true;
        };
        let committed = files.insert(name, changed).unwrap();
        let facts = source::of(files);
        files.insert(name, committed);
        facts.map_or(true, |facts| {
            let places = facts.changed(types());
            !places.is_empty() && !agree(reading(), &facts, &places)
        })
    })
}

fn parsed() -> BTreeMap<&'static str, syn::File> {
    let files = source::committed().iter();
    files
        .map(|(name, text)| (*name, syn::parse_file(&without_words(text)).unwrap()))
        .collect()
}

/// Documentation takes most of the time of parsing.
fn without_words(text: &str) -> String {
    let lines = text.lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}
