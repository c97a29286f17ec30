//! `use` declarations, name by name.

use syn::{ItemUse, UseTree};

use super::names::{line_of, text_of};
use crate::tree::{NamePath, Space};

/// One import of a `use` declaration.
pub(crate) enum Leaf {
    Name {
        name: String,
        path: NamePath,
        spaces: &'static [Space],
        line: usize,
    },
    Glob {
        path: NamePath,
        line: usize,
    },
}

/// The imports of a declaration, with nested groups spread out.
pub(crate) fn leaves(declaration: &ItemUse) -> Vec<Leaf> {
    let of_crates = declaration.leading_colon.is_some();
    let mut found = Vec::new();
    let mut todo = vec![(Vec::new(), &declaration.tree)];
    while let Some((prefix, tree)) = todo.pop() {
        match tree {
            UseTree::Path(path) => {
                todo.push((joined(&prefix, &path.ident), &path.tree));
            }
            UseTree::Group(group) => {
                todo.extend(group.items.iter().rev().map(|tree| (prefix.clone(), tree)));
            }
            UseTree::Name(leaf) => found.push(named(of_crates, prefix, &leaf.ident, None)),
            UseTree::Rename(leaf) => {
                found.push(named(of_crates, prefix, &leaf.ident, Some(&leaf.rename)));
            }
            UseTree::Glob(glob) => found.push(Leaf::Glob {
                path: NamePath::new(of_crates, prefix),
                line: glob.star_token.spans[0].start().line,
            }),
        }
    }
    found
}

fn joined(prefix: &[String], ident: &syn::Ident) -> Vec<String> {
    let mut names = prefix.to_vec();
    names.push(text_of(ident));
    names
}

/// `self` at the end of a group is the module or type before the group, and nothing else of its name.
fn named(
    of_crates: bool,
    prefix: Vec<String>,
    ident: &syn::Ident,
    rename: Option<&syn::Ident>,
) -> Leaf {
    let is_prefix = ident == "self" && !prefix.is_empty();
    let (names, spaces) = if is_prefix {
        (prefix, Space::TYPES)
    } else {
        (joined(&prefix, ident), Space::ALL)
    };
    let name = rename.map(text_of).or_else(|| names.last().cloned());
    Leaf::Name {
        name: name.unwrap_or_default(),
        path: NamePath::new(of_crates, names),
        spaces,
        line: line_of(ident),
    }
}
