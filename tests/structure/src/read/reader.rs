//! Reads one file: what it defines, imports and names, and which files it declares.

use std::collections::BTreeSet;
use std::mem;
use std::path::Path;

use proc_macro2::TokenStream;
use syn::visit::Visit;
use syn::{File, Item, ItemEnum, ItemMacro, ItemMod, ItemUse};

use super::locate::Place;
use super::module::{Folders, Module, modules};
use crate::error::Error;
use crate::syntax::{
    Leaf, Spoken, declared, is_open, is_test_only, leaves, line_of, spoken, text_of,
};
use crate::tree::{
    Glob, Item as Definition, Mention, NamePath, ScopeId, Space, Start, Target, Tree, Use,
};

/// Enters what a file holds into the tree.
pub(super) struct Reader<'t> {
    pub(super) tree: &'t mut Tree,
    pub(super) scope: ScopeId,
    /// The variables of the function at hand.
    pub(super) variables: BTreeSet<String>,
    show: &'t dyn Fn(&Path) -> String,
    folders: Folders,
    macros_known_in: Vec<ScopeId>,
    depth: usize,
    found: Result<Vec<Module>, Error>,
}

/// Reads the file of `module`, and returns the modules that it declares.
pub(super) fn read_file(
    tree: &mut Tree,
    module: Module,
    file: &File,
    show: &dyn Fn(&Path) -> String,
) -> Result<Vec<Module>, Error> {
    let folders = Folders::of(&module.place);
    let depth = module.depth + 1;
    let Some(scope) = module.scope.filter(|_| !is_test_only(&file.attrs)) else {
        let mut places = Vec::new();
        for module in modules(&file.items) {
            places.extend(folders.find_tests(module)?);
        }
        return Ok(of_tests(places, depth).collect());
    };
    let mut reader = Reader {
        tree,
        scope,
        variables: BTreeSet::new(),
        show,
        folders,
        macros_known_in: module.macros_known_in,
        depth,
        found: Ok(Vec::new()),
    };
    reader.visit_file(file);
    reader.found
}

fn of_tests(places: impl IntoIterator<Item = Place>, depth: usize) -> impl Iterator<Item = Module> {
    places.into_iter().map(move |place| Module {
        place,
        scope: None,
        macros_known_in: Vec::new(),
        depth,
    })
}

impl Reader<'_> {
    pub(super) fn mention(&mut self, path: NamePath, spaces: &'static [Space], line: usize) {
        self.tree.mentions.push(Mention {
            scope: self.scope,
            path,
            spaces,
            line,
        });
    }

    /// Enters what an item defines. What it names is another matter.
    pub(super) fn define(&mut self, item: &Item) {
        let (ident, spaces, visibility) = match item {
            Item::Fn(item) => (&item.sig.ident, Space::VALUES, &item.vis),
            Item::Const(item) => (&item.ident, Space::VALUES, &item.vis),
            Item::Static(item) => (&item.ident, Space::VALUES, &item.vis),
            Item::Struct(item) => (&item.ident, Space::CONSTRUCTORS, &item.vis),
            Item::Union(item) => (&item.ident, Space::TYPES, &item.vis),
            Item::Trait(item) => (&item.ident, Space::TYPES, &item.vis),
            Item::TraitAlias(item) => (&item.ident, Space::TYPES, &item.vis),
            Item::Type(item) => (&item.ident, Space::TYPES, &item.vis),
            Item::Enum(item) => return self.define_enum(item),
            _ => return,
        };
        let open = is_open(visibility);
        self.tree.define(self.scope, &text_of(ident), spaces, open);
    }

    fn define_enum(&mut self, item: &ItemEnum) {
        let name = text_of(&item.ident);
        let variants = self.tree.block(self.scope);
        let of_enum = self.tree.item(self.scope, &name, Some(variants));
        let of_variant = Target::Item(Definition {
            variants: None,
            ..of_enum.clone()
        });
        for variant in &item.variants {
            let variant = text_of(&variant.ident);
            self.tree
                .bind(variants, &variant, Space::CONSTRUCTORS, &of_variant, true);
        }
        let open = is_open(&item.vis);
        self.tree.bind(
            self.scope,
            &name,
            Space::TYPES,
            &Target::Item(of_enum),
            open,
        );
    }

    pub(super) fn import(&mut self, declaration: &ItemUse, open: bool) {
        let scope = &mut self.tree.scopes[self.scope];
        for leaf in leaves(declaration) {
            match leaf {
                Leaf::Name {
                    name,
                    path,
                    spaces,
                    line,
                } => scope.uses.push(Use {
                    name,
                    path,
                    spaces,
                    open,
                    line,
                }),
                Leaf::Glob { path, line } => scope.globs.push(Glob { path, open, line }),
            }
        }
    }

    /// `extern crate self as name;`
    pub(super) fn alias_root(&mut self, name: &syn::Ident) {
        self.tree.scopes[self.scope].uses.push(Use {
            name: text_of(name),
            path: NamePath {
                start: Start::Crate,
                names: Vec::new(),
            },
            spaces: Space::TYPES,
            open: false,
            line: line_of(name),
        });
    }

    /// Reads a module: an inline one at once, another later.
    pub(super) fn module(&mut self, module: &ItemMod) {
        let uses_macros = module
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("macro_use"));
        let mut macros_known_in = Vec::new();
        if uses_macros {
            macros_known_in.push(self.scope);
            macros_known_in.extend(&self.macros_known_in);
        }
        match &module.content {
            Some((_, items)) => {
                let file = self.tree.scopes[self.scope].file;
                let scope = self.enter(module, file);
                let folders = self.folders.within(module);
                let outer = mem::replace(&mut self.scope, scope);
                let outer_folders = mem::replace(&mut self.folders, folders);
                let outer_macros = mem::replace(&mut self.macros_known_in, macros_known_in);
                items.iter().for_each(|item| self.visit_item(item));
                self.scope = outer;
                self.folders = outer_folders;
                self.macros_known_in = outer_macros;
            }
            None => match self.folders.find(module) {
                Ok(place) => {
                    let file = self.tree.file(&(self.show)(&place.file));
                    let scope = self.enter(module, file);
                    self.find([Module {
                        place,
                        scope: Some(scope),
                        macros_known_in,
                        depth: self.depth,
                    }]);
                }
                Err(error) => self.found = Err(error),
            },
        }
    }

    /// Makes a module known where it is declared.
    fn enter(&mut self, module: &ItemMod, file: usize) -> ScopeId {
        let scope = self.tree.module(file, Some(self.scope));
        let name = text_of(&module.ident);
        let open = is_open(&module.vis);
        self.tree.bind(
            self.scope,
            &name,
            Space::TYPES,
            &Target::Module(scope),
            open,
        );
        scope
    }

    /// Notes the files of a module of tests, of which nothing else counts.
    pub(super) fn test_module(&mut self, module: &ItemMod) {
        match self.folders.find_tests(module) {
            Ok(places) => self.find(of_tests(places, self.depth)),
            Err(error) => self.found = Err(error),
        }
    }

    fn find(&mut self, modules: impl IntoIterator<Item = Module>) {
        if let Ok(found) = &mut self.found {
            found.extend(modules);
        }
    }

    /// Reads a macro in the place of an item: a definition, or an invocation that makes items.
    pub(super) fn item_macro(&mut self, item: &ItemMacro) {
        let tokens = item.mac.tokens.clone();
        let Some(ident) = &item.ident else {
            for (name, spaces) in declared(tokens.clone()) {
                self.tree.define(self.scope, &name, spaces, true);
            }
            return self.hear(tokens);
        };
        let target = Target::Item(self.tree.item(self.scope, &text_of(ident), None));
        let exports = item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("macro_export"));
        let mut scopes = self.macros_known_in.clone();
        scopes.push(self.scope);
        if exports {
            scopes.push(self.tree.root(self.scope));
        }
        for scope in scopes {
            self.tree
                .bind(scope, &text_of(ident), Space::MACROS, &target, exports);
        }
        self.in_block(|reader| reader.hear(tokens));
    }

    /// Reads in a scope of its own.
    pub(super) fn in_block(&mut self, read: impl FnOnce(&mut Self)) {
        let block = self.tree.block(self.scope);
        let outer = mem::replace(&mut self.scope, block);
        read(self);
        self.scope = outer;
    }

    /// Enters what tokens name.
    pub(super) fn hear(&mut self, tokens: TokenStream) {
        for spoken in spoken(tokens) {
            match spoken {
                Spoken::Path { path, spaces, line } => self.mention(path, spaces, line),
                Spoken::Use { declaration, open } => self.import(&declaration, open),
            }
        }
    }
}
