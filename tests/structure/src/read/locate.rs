//! Where the file of a module lies.

use std::path::{Component, Path, PathBuf};

use syn::{Attribute, Expr, Lit, Meta};

use crate::syntax::text_of;

/// Where a file's modules are looked for.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) file: PathBuf,
    /// The folder of the modules that it declares.
    pub(super) children: PathBuf,
}

impl Place {
    /// A file whose modules lie beside it: a crate's root, or a `mod.rs`.
    pub(super) fn beside(file: PathBuf) -> Self {
        let children = file.parent().unwrap_or(Path::new("")).to_owned();
        Self { file, children }
    }
}

/// The file of `mod name;`, declared in the folder `children`; `path_base` is what `#[path]` is
/// relative to.
pub(super) fn locate(module: &syn::ItemMod, children: &Path, path_base: &Path) -> Option<Place> {
    if let Some(path) = module.attrs.iter().find_map(path_of) {
        let file = tidy(&path_base.join(path));
        return file.is_file().then(|| Place::beside(file));
    }
    let name = text_of(&module.ident);
    let folder = children.join(&name);
    let file = children.join(format!("{name}.rs"));
    if file.is_file() {
        return Some(Place {
            file,
            children: folder,
        });
    }
    let file = folder.join("mod.rs");
    file.is_file().then(|| Place::beside(file))
}

/// What `#[path = "…"]` says.
fn path_of(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(literal) if pair.path.is_ident("path") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The path without `..`, so that a file has one name.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}
