//! The slices under test, and what their crates are made from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::{CrateSources, RuntimeSource, SliceCrate};
use serde_json::Value;

use crate::common::shared;

/// Each slice with the paths that it keeps.
pub(crate) const SLICES: [(&str, &[&str]); 6] = [
    ("customers", &["/v1/customers/**"]),
    ("payment_intents", &["/v1/payment_intents/**"]),
    ("treasury", &["/v1/treasury/**"]),
    ("issuing", &["/v1/issuing/**"]),
    ("billing", &["/v1/subscriptions/**", "/v1/invoices/**"]),
    ("checkout", &["/v1/checkout/**"]),
];

/// The paths of all slices together.
pub(crate) fn all_paths() -> Vec<&'static str> {
    SLICES
        .iter()
        .flat_map(|(_, paths)| paths.iter().copied())
        .collect()
}

/// The paths of one slice.
pub(crate) fn paths(slice: &str) -> &'static [&'static str] {
    let (_, paths) = SLICES.iter().find(|(name, _)| *name == slice).unwrap();
    paths
}

/// The vendor's whole document: its text, and as it is read.
pub(crate) struct Upstream {
    pub(crate) text: String,
    pub(crate) document: Value,
}

static UPSTREAM: LazyLock<Option<Upstream>> = LazyLock::new(|| {
    let text = shared("upstream/spec3.2022.full.json")?;
    let document = codegen::parse(&text).unwrap();
    Some(Upstream { text, document })
});

/// The whole document, if it lies beside the checkout.
pub(crate) fn upstream() -> Option<&'static Upstream> {
    UPSTREAM.as_ref()
}

/// The text of a slice file with these paths.
pub(crate) fn slice_file(paths: &[&str]) -> String {
    format!("include = {paths:?}\n")
}

/// The repository's own folder.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Generates the crate of a slice from a document, over the runtime of this checkout.
pub(crate) fn generate(
    document: &str,
    slice: &str,
    name: &str,
    prose: bool,
) -> codegen::Result<SliceCrate> {
    let runtime = workspace().join("client/runtime");
    let sources = CrateSources {
        document,
        slice,
        // That of the document is the date of its making.
        api_version: Some("2022-11-15"),
        previous: None,
        prose,
        package: name,
        crate_name: None,
        runtime: RuntimeSource::Path(runtime.to_str().unwrap()),
        names: None,
    };
    codegen::slice_crate(&sources, &mut |_| {})
}

/// The generated files alone, by their paths below `src/generated/`.
pub(crate) fn generated(slice: &SliceCrate) -> BTreeMap<String, String> {
    let code = slice.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    code.filter_map(|(path, text)| {
        Some((
            path.strip_prefix("src/generated/")?.to_owned(),
            text.clone(),
        ))
    })
    .collect()
}
