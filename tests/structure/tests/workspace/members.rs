//! The members of the workspace, and their layers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use workspace_structure::{Imports, Order, imports};

/// A member of the workspace.
pub(crate) struct Member {
    /// Its source folder, below the workspace's root.
    pub(crate) source: String,
    /// The name of its library, if it has one.
    pub(crate) crate_name: String,
}

impl Member {
    /// What its files import.
    pub(crate) fn imports(&self) -> Imports {
        imports(&root().join(&self.source), &self.crate_name)
            .unwrap_or_else(|error| panic!("{error}"))
    }
}

/// All members with sources, as the workspace's manifest lists them. One that only holds tests has no
/// `src`.
pub(crate) fn members() -> Vec<Member> {
    let manifest = manifest("Cargo.toml");
    let members = manifest["workspace"]["members"].as_array().unwrap();
    members
        .iter()
        .map(|member| {
            let member = member.as_str().unwrap();
            assert!(
                !member.contains('*'),
                "{member}: list the members one by one"
            );
            let manifest = self::manifest(&format!("{member}/Cargo.toml"));
            let named = manifest.get("lib").and_then(|library| library.get("name"));
            let name = named.unwrap_or(&manifest["package"]["name"]);
            Member {
                source: format!("{member}/src"),
                crate_name: name.as_str().unwrap().replace('-', "_"),
            }
        })
        .filter(|member| root().join(&member.source).exists())
        .collect()
}

/// The layers of `layers.toml`, by source folder.
pub(crate) fn layers() -> BTreeMap<String, Order> {
    let layer = |layer: &Value| -> Vec<String> {
        let entries = layer.as_array().unwrap().iter();
        entries
            .map(|entry| entry.as_str().unwrap().to_owned())
            .collect()
    };
    let table = manifest("tests/structure/layers.toml");
    table
        .into_iter()
        .map(|(source, layers)| {
            let layers = layers.as_array().unwrap().iter();
            (source, Order(layers.map(layer).collect()))
        })
        .collect()
}

fn manifest(path: &str) -> Table {
    let path = root().join(path);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
