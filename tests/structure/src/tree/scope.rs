//! Modules, blocks, and what is written in them.

use std::collections::BTreeMap;

use super::item::{FileId, ScopeId, Target};
use super::path::NamePath;
use super::space::Space;

/// A module, or a block or macro body with items of its own.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) file: FileId,
    /// The module of a block; a module's own place.
    pub(crate) module: ScopeId,
    /// The module around a module, the scope around a block.
    pub(crate) outer: Option<ScopeId>,
    pub(crate) items: BTreeMap<String, Vec<Binding>>,
    pub(crate) uses: Vec<Use>,
    pub(crate) globs: Vec<Glob>,
}

/// A name that is defined in a scope.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    pub(crate) space: Space,
    pub(crate) target: Target,
    /// Whether modules that are not within this one see it.
    pub(crate) open: bool,
}

/// One name that is imported.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) name: String,
    pub(crate) path: NamePath,
    pub(crate) spaces: &'static [Space],
    /// Whether it is a re-export, which is no import.
    pub(crate) open: bool,
    pub(crate) line: usize,
}

/// All names of a module or enum, imported.
#[derive(Debug)]
pub(crate) struct Glob {
    pub(crate) path: NamePath,
    pub(crate) open: bool,
    pub(crate) line: usize,
}

/// A path in code.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) scope: ScopeId,
    pub(crate) path: NamePath,
    pub(crate) spaces: &'static [Space],
    pub(crate) line: usize,
}
