//! Circles that are found, each in a fixture of its own, and what looks like one and is none.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::BTreeSet;

use common::{fixture, fixtures};
use workspace_structure::{Circle, circles};

/// Fixtures with one circle of files, and its imports.
const OF_FILES: [(&str, &[&str]); 31] = [
    (
        "after_tests",
        &[
            "a.rs names `Second` of b.rs (line 9)",
            "b.rs names `First` of a.rs (line 3)",
        ],
    ),
    (
        "attribute_text",
        &[
            "a.rs names `second` of b.rs (line 3)",
            "b.rs names `First` of a.rs (line 1)",
        ],
    ),
    (
        "bounds",
        &[
            "a.rs names `Second` of b.rs (line 5)",
            "b.rs names `First` of a.rs (line 3)",
        ],
    ),
    (
        "block_items",
        &[
            "a.rs names `Second` of b.rs (line 10)",
            "b.rs names `First` of a.rs (line 3)",
        ],
    ),
    (
        "by_feature",
        &[
            "a.rs names `Second` of b.rs (line 3)",
            "b.rs names `First` of a.rs (line 1)",
        ],
    ),
    (
        "exported_macro",
        &[
            "a.rs names `Made` of b.rs (line 4)",
            "b.rs names `make` of a.rs (line 4)",
        ],
    ),
    (
        "glob",
        &[
            "a.rs names `Second` of b.rs (line 5)",
            "b.rs names `First` of a.rs (line 3)",
        ],
    ),
    (
        "glob_of_parent",
        &[
            "a.rs names `most` of a/b.rs (line 6)",
            "a/b.rs names `LIMIT` of a.rs (line 4)",
        ],
    ),
    (
        "impl_header",
        &[
            "a.rs names `Second` of b.rs (line 3)",
            "b.rs names `First` of a.rs (line 3)",
        ],
    ),
    (
        "in_a_function",
        &[
            "a.rs names `Second` of b.rs (line 5)",
            "b.rs names `First` of a.rs (line 5)",
        ],
    ),
    (
        "inline_modules",
        &[
            "a.rs names `Second` of b.rs (line 5)",
            "b.rs names `First` of a.rs (line 5)",
        ],
    ),
    (
        "lib_items",
        &[
            "a.rs names `LIMIT` of lib.rs (line 4)",
            "lib.rs names `ONE` of a.rs (line 3)",
        ],
    ),
    (
        "long_circle",
        &[
            "a.rs names `Second` of b.rs (line 1)",
            "b.rs names `Third` of c.rs (line 1)",
            "c.rs names `First` of a.rs (line 1)",
        ],
    ),
    (
        "macro_body",
        &[
            "a.rs names `Made` of b.rs (line 3)",
            "b.rs names `make` of a.rs (line 1)",
        ],
    ),
    (
        "macro_made",
        &[
            "a.rs names `Second` of b.rs (line 3)",
            "b.rs names `Made` of a.rs (line 1)",
        ],
    ),
    (
        "macro_of_old",
        &[
            "a.rs names `Made` of b.rs (line 3)",
            "b.rs names `make` of a.rs (line 4)",
        ],
    ),
    (
        "macro_shown",
        &[
            "a.rs names `Second` of b.rs (line 5)",
            "b.rs names `Made` of a.rs (line 5)",
        ],
    ),
    (
        "macro_tokens",
        &[
            "a.rs names `second` of b.rs (line 2)",
            "b.rs names `third` of a.rs (line 4)",
        ],
    ),
    (
        "macro_use_body",
        &[
            "a.rs names `Made` of b.rs (line 3)",
            "b.rs names `make` of a.rs (line 4)",
        ],
    ),
    (
        "module_name",
        &[
            "a.rs names `second` of b.rs (line 4)",
            "b.rs names `third` of a.rs (line 4)",
        ],
    ),
    (
        "narrow_reexport",
        &[
            "a/b.rs names `Outer` of d.rs (line 3)",
            "d.rs names `Inner` of a/b.rs (line 3)",
        ],
    ),
    (
        "parent_and_child",
        &[
            "a.rs names `below` of a/b.rs (line 8)",
            "a/b.rs names `Above` of a.rs (line 1)",
        ],
    ),
    (
        "parent_and_child_mod_rs",
        &[
            "a/b.rs names `Above` of a/mod.rs (line 3)",
            "a/mod.rs names `Below` of a/b.rs (line 3)",
        ],
    ),
    (
        "path_attribute",
        &[
            "b.rs names `First` of other/place.rs (line 3)",
            "other/place.rs names `Second` of b.rs (line 1)",
        ],
    ),
    (
        "patterns",
        &[
            "a.rs names `second` of b.rs (line 4)",
            "b.rs names `LIMIT` of a.rs (line 5)",
        ],
    ),
    (
        "raw_names",
        &[
            "b.rs names `match` of type.rs (line 6)",
            "type.rs names `second` of b.rs (line 4)",
        ],
    ),
    (
        "renamed_chain",
        &[
            "a.rs names `Second` of b.rs (line 1)",
            "b.rs names `First` of a.rs (line 3)",
        ],
    ),
    (
        "shortcut",
        &[
            "a.rs names `Second` of b.rs (line 1)",
            "b.rs names `First` of a.rs (line 1), `Other` (line 2)",
        ],
    ),
    (
        "test_word",
        &[
            "a.rs names `Second` of b.rs (line 2)",
            "b.rs names `First` of a.rs (line 4)",
        ],
    ),
    (
        "variable_called",
        &[
            "a.rs names `second` of b.rs (line 6)",
            "b.rs names `First` of a.rs (line 2)",
        ],
    ),
    (
        "variants",
        &[
            "a.rs names `Second` of b.rs (line 3)",
            "b.rs names `Kind` of a.rs (line 5)",
        ],
    ),
];

/// Fixtures with one circle of folders, the folder in which they lie, and its imports.
const OF_FOLDERS: [(&str, &str, &[&str]); 3] = [
    (
        "folder_and_its_file",
        "a",
        &[
            "a.rs names `Low` of a/x/low.rs (line 3)",
            "a/x/high.rs names `Middle` of a.rs (line 1)",
        ],
    ),
    (
        "folders",
        "",
        &[
            "a/x.rs names `Middle` of b/y.rs (line 1)",
            "b/z.rs names `Low` of a/w.rs (line 1)",
        ],
    ),
    (
        "nested_folders",
        "top",
        &[
            "top/a/x.rs names `Middle` of top/b/y.rs (line 1)",
            "top/b/z.rs names `Low` of top/a/w.rs (line 1)",
        ],
    ),
];

/// Fixtures without a circle, and all of their imports.
const ACCEPTED: [(&str, &[&str]); 8] = [
    (
        "ok_declarations",
        &["a/c.rs names `Low` of a/b.rs (line 1)"],
    ),
    (
        "ok_foreign",
        &[
            "b.rs names `Hidden` of a.rs (line 1)",
            "fmt.rs names `Second` of b.rs (line 1)",
        ],
    ),
    (
        "ok_hidden",
        &[
            "between.rs names `String` of low.rs (line 7)",
            "top.rs names `Middle` of between.rs (line 7)",
        ],
    ),
    (
        "ok_program",
        &[
            "bin/other.rs names `first` of a.rs (line 4)",
            "main.rs names `first` of a.rs (line 4)",
            "main.rs names `read` of args.rs (line 5)",
        ],
    ),
    ("ok_reexports", &["b.rs names `First` of a.rs (line 1)"]),
    ("ok_tests", &["b.rs names `first` of a.rs (line 4)"]),
    ("ok_variables", &["b.rs names `Page` of a.rs (line 1)"]),
    ("ok_words", &["b.rs names `First` of a.rs (line 1)"]),
];

/// Fixtures of the other tests.
const ELSEWHERE: [&str; 6] = [
    "broken",
    "declares_itself",
    "layers",
    "names_the_root",
    "without_file",
    "without_module",
];

#[test]
fn every_circle_of_files_is_found() {
    for (name, imports) in OF_FILES {
        let [circle] = &found(name)[..] else {
            panic!("{name}: {:#?}", found(name));
        };
        assert_eq!(shown(circle), imports, "{name}");
        assert_eq!(circle.folder, None, "{name}");
    }
}

#[test]
fn every_circle_of_folders_is_found() {
    for (name, folder, imports) in OF_FOLDERS {
        let [circle] = &found(name)[..] else {
            panic!("{name}: {:#?}", found(name));
        };
        assert_eq!(shown(circle), imports, "{name}");
        assert_eq!(circle.folder.as_deref(), Some(folder), "{name}");
    }
}

#[test]
fn nothing_else_is_a_circle() {
    for (name, imports) in ACCEPTED {
        let all = fixture(name).unwrap().imports;
        let all: Vec<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(all, imports, "{name}");
        assert_eq!(found(name).len(), 0, "{name}");
    }
}

#[test]
fn a_circle_tells_what_to_cut() {
    let told = |name| found(name)[0].to_string();
    let parts = [
        told("long_circle"),
        told("shortcut"),
        told("folders"),
        told("nested_folders"),
    ];
    assert_eq!(
        parts.join("\n"),
        "\
circle of files: a.rs, b.rs, c.rs
  a.rs names `Second` of b.rs (line 1)
  b.rs names `Third` of c.rs (line 1)
  c.rs names `First` of a.rs (line 1)
  help: cut one line, by moving what it names below both
circle of files: a.rs, b.rs, c.rs
  a.rs names `Second` of b.rs (line 1)
  b.rs names `First` of a.rs (line 1), `Other` (line 2)
  and more of their imports go round: this is a shortest circle
  help: cut one line, by moving what it names below both
circle of folders: a, b
  a/x.rs names `Middle` of b/y.rs (line 1)
  b/z.rs names `Low` of a/w.rs (line 1)
  help: cut one line, by moving what it names below both
circle of folders in top: a, b
  top/a/x.rs names `Middle` of top/b/y.rs (line 1)
  top/b/z.rs names `Low` of top/a/w.rs (line 1)
  help: cut one line, by moving what it names below both"
    );
}

#[test]
fn no_fixture_lies_idle() {
    let folders = fixtures().read_dir().unwrap();
    let folders: BTreeSet<_> = folders
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect();
    let used = OF_FILES.iter().map(|(name, _)| *name);
    let used = used.chain(OF_FOLDERS.iter().map(|(name, ..)| *name));
    let used = used.chain(ACCEPTED.iter().map(|(name, _)| *name));
    let used: BTreeSet<_> = used.chain(ELSEWHERE).map(str::to_owned).collect();
    assert_eq!(folders, used);
}

fn found(name: &str) -> Vec<Circle> {
    circles(&fixture(name).unwrap_or_else(|error| panic!("{error}")))
}

fn shown(circle: &Circle) -> Vec<String> {
    circle.imports.iter().map(ToString::to_string).collect()
}
