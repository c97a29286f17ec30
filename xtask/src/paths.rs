//! Where things lie in the workspace.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The slice kept of the upstream document.
pub(crate) const SLICE: &str = "openapi/slice.toml";
/// The trimmed document.
pub(crate) const DOCUMENT: &str = "openapi/financial-connections.json";
/// Our documentation and marks.
pub(crate) const OVERLAY: &str = "openapi/overlay.yaml";
/// The runtime of every generated client.
pub(crate) const RUNTIME: &str = "client/runtime";
/// What is generated, and nothing else.
pub(crate) const GENERATED: &str = "client/src/generated";
/// The crate of a slice of a made-up document: generated all but for its manifest.
pub(crate) const SECOND: &str = "tests/second-slice";

/// The workspace's root, wherever the command was started.
pub(crate) fn root() -> &'static Path {
    let member = Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().unwrap_or(member)
}

/// A file of the workspace by its path from the root.
pub(crate) fn in_workspace(path: &str) -> PathBuf {
    root().join(path)
}

/// A path as a message shows it: from the workspace's root where it lies in it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// A text file of the user's or of the workspace.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", shown(path)))
}
