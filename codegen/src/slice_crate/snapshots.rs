//! The test of a slice's crate that shows what changed in its types.

/// The test: a snapshot of each type's schema, by the type's name.
pub(super) fn snapshots(head: &str, library: &str) -> String {
    format!("{head}{TEST}").replace("LIBRARY", library)
}

const TEST: &str = r#"
//! Every type by its JSON Schema, against the snapshot that was last reviewed.

#[cfg(not(feature = "schemars"))]
#[test]
#[ignore = "takes `--features schemars`"]
fn types_are_those_last_reviewed() {}

#[cfg(feature = "schemars")]
#[test]
fn types_are_those_last_reviewed() {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::path::Path;

    let schemas = LIBRARY::schemas();
    let changed: Vec<&String> = schemas
        .iter()
        .filter(|(name, schema)| {
            let schema = format!("{:#}", schema.as_value());
            let check = || insta::assert_snapshot!(name.as_str(), schema);
            catch_unwind(AssertUnwindSafe(check)).is_err()
        })
        .map(|(name, _)| name)
        .collect();
    assert!(
        changed.is_empty(),
        "new or changed: {changed:?}\nhelp: review each with `cargo insta review`"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let gone: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|file| {
            let name = file
                .strip_prefix("schemas__")
                .and_then(|file| file.strip_suffix(".snap"));
            name.is_some_and(|name| !schemas.contains_key(name))
        })
        .collect();
    assert!(
        gone.is_empty(),
        "no such type any more: {gone:?}\nhelp: remove these files from tests/snapshots"
    );
}
"#;
