//! What users match or implement can grow, or says that it will not.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names that a text makes public.
fn exported(text: &str) -> BTreeSet<&str> {
    text.split("pub use ")
        .skip(1)
        .filter_map(|rest| rest.split_once(';'))
        .flat_map(|(uses, _)| uses.split(|it: char| !it.is_alphanumeric() && it != '_'))
        .collect()
}

/// The enums and traits among `names` that can neither grow nor say that they need not.
fn rigid(text: &str, names: &BTreeSet<&str>) -> Vec<String> {
    let mut head = String::new();
    let mut faults = Vec::new();
    for line in text.lines() {
        let item = [("pub enum ", true), ("pub trait ", false)]
            .iter()
            .find_map(|(start, is_enum)| Some((line.strip_prefix(start)?, *is_enum)));
        if let Some((rest, is_enum)) = item {
            let name = rest.split(|it: char| !it.is_alphanumeric()).next();
            let can_grow = match is_enum {
                true => {
                    head.contains("#[non_exhaustive]") || head.contains("No variant will be added")
                }
                false => {
                    rest.contains("Sealed") || head.contains("a later version adds has a default")
                }
            };
            if !can_grow && name.is_some_and(|name| names.contains(name)) {
                faults.extend(name.map(str::to_owned));
            }
        }
        if line.starts_with("///") || line.starts_with("#[") {
            head.push_str(line.trim_start_matches("///"));
        } else {
            head.clear();
        }
    }
    faults
}

#[test]
fn enums_and_traits_can_grow_or_say_that_they_do_not() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: &str| fs::read_to_string(source.join(path)).unwrap();
    let (root, webhook) = (read("lib.rs"), read("webhook/mod.rs"));
    let names: BTreeSet<_> = exported(&root)
        .union(&exported(&webhook))
        .copied()
        .collect();
    let mut folders = vec![source];
    let (mut faults, mut files) = (Vec::new(), 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                faults.extend(rigid(&fs::read_to_string(path).unwrap(), &names));
                files += 1;
            }
        }
    }
    assert!(files > 50 && names.contains("Clock") && names.contains("ErrorKind"));
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn what_cannot_grow_is_noticed() {
    let names = BTreeSet::from(["A", "B"]);
    for (text, expected) in [
        ("pub enum A {", &["A"][..]),
        (
            "/// Any.\npub enum A {\n}\npub trait B: Send {",
            &["A", "B"],
        ),
        (
            "#[non_exhaustive]\npub enum A {\npub trait B: Sealed {",
            &[],
        ),
        (
            "/// No variant\n/// will be added.\npub enum A {\npub enum C {",
            &[],
        ),
    ] {
        assert_eq!(rigid(text, &names), expected, "{text}");
    }
}
