//! The folders of a crate, and what lies in them.

use std::collections::BTreeSet;

/// A file by its folders and its stem. `a.rs` beside a folder `a` lies in that folder, as `a/mod.rs`
/// does.
#[derive(Clone, Debug)]
pub(crate) struct Location<'a>(Vec<&'a str>);

impl<'a> Location<'a> {
    pub(crate) fn of(file: &'a str, folders: &BTreeSet<&str>) -> Self {
        let stem = file.strip_suffix(".rs").unwrap_or(file);
        let mut parts: Vec<_> = stem.split('/').collect();
        if folders.contains(stem) {
            parts.push("mod");
        }
        Self(parts)
    }

    /// What leads to it in a folder: a folder or a stem. None if it lies elsewhere.
    pub(crate) fn entry(&self, folder: &[&'a str]) -> Option<&'a str> {
        let rest = self.0.strip_prefix(folder)?;
        rest.first().copied()
    }

    /// The folders around it, the crate's own first.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &[&'a str]> {
        (0..self.0.len()).map(|length| &self.0[..length])
    }
}

/// The folders that hold files, at any depth.
pub(crate) fn folders(files: &[String]) -> BTreeSet<&str> {
    files
        .iter()
        .flat_map(|file| file.match_indices('/').map(|(at, _)| &file[..at]))
        .collect()
}
