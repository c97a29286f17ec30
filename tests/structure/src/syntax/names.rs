//! Identifiers, lines, paths and visibilities.

use syn::Visibility;
use syn::ext::IdentExt;

use crate::tree::NamePath;

/// The name, without the `r#` that lets a keyword be one.
pub(crate) fn text_of(ident: &syn::Ident) -> String {
    ident.unraw().to_string()
}

pub(crate) fn line_of(ident: &syn::Ident) -> usize {
    ident.span().start().line
}

/// Whether anything but the module itself and those within it may see it.
pub(crate) fn is_open(visibility: &Visibility) -> bool {
    match visibility {
        Visibility::Public(_) => true,
        Visibility::Restricted(to) => !to.path.is_ident("self"),
        Visibility::Inherited => false,
    }
}

/// A path as the parser gives it, without its generic arguments.
pub(crate) fn written(path: &syn::Path) -> NamePath {
    let names = path.segments.iter().map(|segment| text_of(&segment.ident));
    NamePath::new(path.leading_colon.is_some(), names.collect())
}
