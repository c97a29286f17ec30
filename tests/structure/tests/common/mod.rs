//! What the tests share: the fixtures.

use std::path::PathBuf;

use workspace_structure::{Error, Imports, imports};

/// Reads the crate `fixtures/<name>`.
pub(crate) fn fixture(name: &str) -> Result<Imports, Error> {
    imports(&fixtures().join(name).join("src"), name)
}

/// The folder of the fixtures: sources that are read and never compiled.
pub(crate) fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}
