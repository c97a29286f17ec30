//! Paths as another folder sees them.

use std::path::{Component, Path, PathBuf};

use anyhow::Result;

/// A path as seen from a folder.
pub(crate) fn relative(to: &Path, from: &Path) -> Result<PathBuf> {
    let (to, from) = (resolved(to)?, resolved(from)?);
    let shared = to
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    Ok(up.chain(to.components().skip(shared)).collect())
}

/// A path without symbolic links, as far as it exists.
fn resolved(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let existing = path.ancestors().find(|it| it.exists()).unwrap_or(&path);
    let rest = path.strip_prefix(existing)?;
    Ok(existing.canonicalize()?.join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_reached_from_another() {
        let check = |to: &str, from: &str, expected: &str| {
            assert_eq!(
                relative(Path::new(to), Path::new(from)).unwrap(),
                Path::new(expected)
            );
        };
        check(
            "/a/b/client/runtime",
            "/a/slices/x",
            "../../b/client/runtime",
        );
        check(
            "/a/b/client/runtime",
            "/a/b/tests/x",
            "../../client/runtime",
        );
        check("/a/b", "/a", "b");
    }
}
