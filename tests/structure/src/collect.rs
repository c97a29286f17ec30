//! From a source folder to its imports.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::Error;
use crate::imports::{Import, Imports};
use crate::read::read;
use crate::resolve::{Targets, resolve, settle};
use crate::tree::{FileId, Item, Space, Target, Tree};

/// Reads the imports of the library called `name` in `folder`, and of the programs beside it.
///
/// # Errors
///
/// When a file cannot be read or parsed, a module has no file, or a file no module.
pub fn imports(folder: &Path, name: &str) -> Result<Imports, Error> {
    let tree = read(folder, name)?;
    let found = Found::in_tree(&tree);
    let mut imports: Vec<_> = found
        .0
        .into_iter()
        .map(|((from, to), names)| Import {
            from: tree.files[from].clone(),
            to: tree.files[to].clone(),
            names,
        })
        .collect();
    imports.sort_by(|one, other| (&one.from, &one.to).cmp(&(&other.from, &other.to)));
    let mut files = tree.files;
    files.sort();
    Ok(Imports { files, imports })
}

/// What files name of one another, and where first.
#[derive(Default)]
struct Found(BTreeMap<(FileId, FileId), BTreeMap<String, usize>>);

impl Found {
    fn in_tree(tree: &Tree) -> Self {
        let known = settle(tree);
        let mut found = Self::default();
        let look_up =
            |scope, path, spaces: &[Space]| resolve(tree, &known, scope, path, spaces, true);
        for (at, scope) in tree.scopes.iter().enumerate() {
            for import in scope.uses.iter().filter(|import| !import.open) {
                let targets = look_up(at, &import.path, import.spaces);
                // Importing a module names nothing of it, nor of the function of its name.
                let is_module = |(_, target): &(Space, Target)| matches!(target, Target::Module(_));
                if !targets.iter().any(is_module) {
                    found.add(scope.file, targets, import.line);
                }
            }
            for glob in scope.globs.iter().filter(|glob| !glob.open) {
                let targets = look_up(at, &glob.path, Space::TYPES);
                found.add(scope.file, targets, glob.line);
            }
        }
        for mention in &tree.mentions {
            let file = tree.scopes[mention.scope].file;
            let targets = look_up(mention.scope, &mention.path, mention.spaces);
            found.add(file, targets, mention.line);
        }
        found
    }

    fn add(&mut self, from: FileId, targets: Targets, line: usize) {
        for (_, target) in targets {
            if let Target::Item(Item { file: to, name, .. }) = target
                && to != from
            {
                let first = self
                    .0
                    .entry((from, to))
                    .or_default()
                    .entry(name)
                    .or_insert(line);
                *first = line.min(*first);
            }
        }
    }
}
