//! Reads the crates of a source folder, file by file.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::locate::Place;
use super::module::Module;
use super::reader::read_file;
use super::unreached::unreached;
use crate::error::Error;
use crate::tree::Tree;

/// How deep modules may nest before a file must be declaring itself.
const DEEPEST: usize = 64;

/// Reads the library called `name` in `folder`, and the programs beside it.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Tree, Error> {
    let mut tree = Tree::default();
    let mut reached = BTreeSet::new();
    for root in roots(folder).map_err(|error| Error::of(folder, error))? {
        let shown = shown(folder, &root);
        let file = tree.file(&shown);
        let scope = tree.module(file, None);
        if shown == "lib.rs" {
            tree.crate_name = Some((name.to_owned(), scope));
        }
        let root = Module {
            place: Place::beside(root),
            scope: Some(scope),
            macros_known_in: Vec::new(),
            depth: 0,
        };
        read_modules(folder, root, &mut tree, &mut reached)?;
    }
    match unreached(folder, &reached) {
        Ok(None) => Ok(tree),
        Ok(Some(file)) => Err(Error::of(
            file,
            "no `mod` that the check can see declares this file: declare it outside macros, or delete it",
        )),
        Err(error) => Err(Error::of(folder, error)),
    }
}

/// The files that crates begin with.
fn roots(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut roots: Vec<_> = ["lib.rs", "main.rs"]
        .map(|name| folder.join(name))
        .into_iter()
        .filter(|file| file.is_file())
        .collect();
    let programs = folder.join("bin");
    if programs.is_dir() {
        for entry in programs.read_dir()? {
            let path = entry?.path();
            let within = path.join("main.rs");
            if within.is_file() {
                roots.push(within);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                roots.push(path);
            }
        }
    }
    roots.sort();
    Ok(roots)
}

/// Reads a root and the modules below it.
fn read_modules(
    folder: &Path,
    root: Module,
    tree: &mut Tree,
    reached: &mut BTreeSet<PathBuf>,
) -> Result<(), Error> {
    let mut todo = vec![root];
    while let Some(module) = todo.pop() {
        let path = &module.place.file;
        if module.depth > DEEPEST {
            return Err(Error::of(path, "modules that declare one another"));
        }
        let text = fs::read_to_string(path).map_err(|error| Error::of(path, error))?;
        let file = syn::parse_file(&text)
            .map_err(|error| Error::of(path, &error).at(error.span().start().line))?;
        reached.insert(path.clone());
        let show = |path: &Path| shown(folder, path);
        todo.extend(read_file(tree, module, &file, &show)?);
    }
    Ok(())
}

/// A path below the source folder, with `/`; the whole path of a file that lies elsewhere.
fn shown(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    path.display().to_string().replace('\\', "/")
}
