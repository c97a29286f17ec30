//! Paths in attributes.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, LitStr, Meta};

use super::names::written;
use super::tokens::{Spoken, spoken};
use crate::tree::{Space, Start};

/// The paths in an attribute's arguments, as they are and in texts, such as
/// `#[serde(with = "crate::timestamp")]`. Documentation has none.
pub(crate) fn named_in(attribute: &Attribute) -> Vec<Spoken> {
    let Meta::List(list) = &attribute.meta else {
        return Vec::new();
    };
    let mut found = in_texts(list.tokens.clone());
    found.extend(spoken(list.tokens.clone()));
    found.retain(|spoken| match spoken {
        Spoken::Path { path, .. } => path.start != Start::Here || path.names.len() > 1,
        Spoken::Use { .. } => false,
    });
    found
}

fn in_texts(tokens: TokenStream) -> Vec<Spoken> {
    let mut found = Vec::new();
    let mut todo = vec![tokens];
    while let Some(tokens) = todo.pop() {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => todo.push(group.stream()),
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    let text = syn::parse2::<LitStr>(TokenTree::from(literal).into());
                    let path = text.and_then(|text| text.parse::<syn::Path>());
                    found.extend(path.ok().map(|path| Spoken::Path {
                        path: written(&path),
                        spaces: Space::ALL,
                        line,
                    }));
                }
                _ => {}
            }
        }
    }
    found
}
