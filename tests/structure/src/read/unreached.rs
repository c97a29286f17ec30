//! Files that no module declaration leads to: their imports would go unseen.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// The first source file below `folder` that was not `reached`.
pub(super) fn unreached(folder: &Path, reached: &BTreeSet<PathBuf>) -> io::Result<Option<PathBuf>> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir()? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.insert(path);
            }
        }
    }
    Ok(files.into_iter().find(|file| !reached.contains(file)))
}
