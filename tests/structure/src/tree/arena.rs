//! All scopes of a crate.

use std::collections::BTreeMap;

use super::item::{FileId, Item, ScopeId, Target};
use super::scope::{Binding, Mention, Scope};
use super::space::Space;

/// The scopes of a package's crates: its library's and its programs'.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Paths below the source folder, with `/`.
    pub(crate) files: Vec<String>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) mentions: Vec<Mention>,
    /// The library's name and root, by which the programs know it.
    pub(crate) crate_name: Option<(String, ScopeId)>,
}

impl Tree {
    /// The place of a file, which is added when it is new.
    pub(crate) fn file(&mut self, path: &str) -> FileId {
        if let Some(known) = self.files.iter().position(|file| file == path) {
            return known;
        }
        self.files.push(path.to_owned());
        self.files.len() - 1
    }

    pub(crate) fn module(&mut self, file: FileId, outer: Option<ScopeId>) -> ScopeId {
        let id = self.scopes.len();
        self.add(file, id, outer)
    }

    /// A block, a macro body or an enum in the scope `outer`.
    pub(crate) fn block(&mut self, outer: ScopeId) -> ScopeId {
        let Scope { file, module, .. } = self.scopes[outer];
        self.add(file, module, Some(outer))
    }

    fn add(&mut self, file: FileId, module: ScopeId, outer: Option<ScopeId>) -> ScopeId {
        self.scopes.push(Scope {
            file,
            module,
            outer,
            items: BTreeMap::new(),
            uses: Vec::new(),
            globs: Vec::new(),
        });
        self.scopes.len() - 1
    }

    /// Enters that `scope` defines `name`.
    pub(crate) fn define(&mut self, scope: ScopeId, name: &str, spaces: &[Space], open: bool) {
        let target = Target::Item(self.item(scope, name, None));
        self.bind(scope, name, spaces, &target, open);
    }

    /// An item that is written in the file of `scope`.
    pub(crate) fn item(&self, scope: ScopeId, name: &str, variants: Option<ScopeId>) -> Item {
        Item {
            file: self.scopes[scope].file,
            name: name.to_owned(),
            variants,
        }
    }

    pub(crate) fn bind(
        &mut self,
        scope: ScopeId,
        name: &str,
        spaces: &[Space],
        target: &Target,
        open: bool,
    ) {
        let bindings = self.scopes[scope].items.entry(name.to_owned()).or_default();
        bindings.extend(spaces.iter().map(|&space| Binding {
            space,
            target: target.clone(),
            open,
        }));
    }

    /// The module around that of `scope`.
    pub(crate) fn above(&self, scope: ScopeId) -> Option<ScopeId> {
        let module = self.scopes[scope].module;
        let outer = self.scopes[module].outer?;
        Some(self.scopes[outer].module)
    }

    pub(crate) fn root(&self, scope: ScopeId) -> ScopeId {
        let mut at = self.scopes[scope].module;
        while let Some(above) = self.above(at) {
            at = above;
        }
        at
    }

    /// Whether `scope` lies in the module of `around`, at any depth.
    pub(crate) fn is_within(&self, scope: ScopeId, around: ScopeId) -> bool {
        let around = self.scopes[around].module;
        let mut at = Some(self.scopes[scope].module);
        while let Some(module) = at {
            if module == around {
                return true;
            }
            at = self.above(module);
        }
        false
    }
}
