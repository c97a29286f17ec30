//! Modules that are still to be read.

use std::path::PathBuf;

use syn::{Item, ItemMod};

use super::locate::{Place, locate};
use crate::error::Error;
use crate::syntax::{line_of, text_of};
use crate::tree::ScopeId;

/// A module in a file of its own.
pub(super) struct Module {
    pub(super) place: Place,
    /// None for a module of tests, of which nothing but its files is read.
    pub(super) scope: Option<ScopeId>,
    /// The scopes around it in which its macros are known too, by `#[macro_use]`.
    pub(super) macros_known_in: Vec<ScopeId>,
    pub(super) depth: usize,
}

/// The folders in which a module's modules are looked for.
#[derive(Clone)]
pub(super) struct Folders {
    pub(super) file: PathBuf,
    pub(super) children: PathBuf,
    /// What `#[path]` is relative to.
    pub(super) path_base: PathBuf,
}

impl Folders {
    pub(super) fn of(place: &Place) -> Self {
        Self {
            file: place.file.clone(),
            children: place.children.clone(),
            path_base: Place::beside(place.file.clone()).children,
        }
    }

    /// Those of an inline module.
    pub(super) fn within(&self, module: &ItemMod) -> Self {
        let children = self.children.join(text_of(&module.ident));
        Self {
            file: self.file.clone(),
            path_base: children.clone(),
            children,
        }
    }

    /// The file of `mod name;`.
    pub(super) fn find(&self, module: &ItemMod) -> Result<Place, Error> {
        locate(module, &self.children, &self.path_base).ok_or_else(|| {
            let problem = format!("module `{}` has no file", text_of(&module.ident));
            Error::of(&self.file, problem).at(line_of(&module.ident))
        })
    }

    /// The files of a module of tests, inline or not.
    pub(super) fn find_tests(&self, module: &ItemMod) -> Result<Vec<Place>, Error> {
        let mut found = Vec::new();
        let mut todo = vec![(self.clone(), module)];
        while let Some((folders, module)) = todo.pop() {
            match &module.content {
                None => found.push(folders.find(module)?),
                Some((_, items)) => {
                    let within = folders.within(module);
                    todo.extend(modules(items).map(|module| (within.clone(), module)));
                }
            }
        }
        Ok(found)
    }
}

/// The modules among items.
pub(super) fn modules(items: &[Item]) -> impl Iterator<Item = &ItemMod> {
    items.iter().filter_map(|item| match item {
        Item::Mod(module) => Some(module),
        _ => None,
    })
}
