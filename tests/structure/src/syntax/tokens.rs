//! Paths in tokens: the bodies of macros, and what macros are invoked with.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Attribute, ItemUse};

use super::names::{line_of, text_of};
use super::test_only::is_test_only;
use crate::tree::{NamePath, Space, Start};

/// Words after which a name is a definition.
const DEFINING: [&str; 8] = [
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type",
];

/// What is written in tokens.
pub(crate) enum Spoken {
    Path {
        path: NamePath,
        spaces: &'static [Space],
        line: usize,
    },
    Use {
        declaration: Box<ItemUse>,
        open: bool,
    },
}

/// The paths and `use` declarations in tokens, at any depth. A single name without a capital counts
/// where it is called: otherwise it is a variable or a field far more often than an item.
pub(crate) fn spoken(tokens: TokenStream) -> Vec<Spoken> {
    let mut found = Vec::new();
    let mut todo = vec![tokens];
    while let Some(tokens) = todo.pop() {
        let trees = without_variables(tokens);
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            at = match tree {
                TokenTree::Group(group) => {
                    todo.push(group.stream());
                    at + 1
                }
                TokenTree::Ident(ident) if ident == "use" => declaration(&trees, at, &mut found),
                TokenTree::Ident(_) => path(&trees, at, &mut found),
                TokenTree::Punct(_) if begins_test(&trees[at..]) => after_item(&trees, at + 2),
                _ => at + 1,
            };
        }
    }
    found
}

/// What an invocation in the place of an item shows that it defines: `struct Name` and the like.
pub(crate) fn declared(tokens: TokenStream) -> Vec<(String, &'static [Space])> {
    let trees = without_variables(tokens);
    let words = trees.windows(2).filter_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)] => Some((word, text_of(name))),
        _ => None,
    });
    words
        .filter(|(_, name)| !DEFINING.contains(&name.as_str()))
        .filter_map(|(word, name)| match word.to_string().as_str() {
            "struct" => Some((name, Space::CONSTRUCTORS)),
            "enum" | "trait" | "type" | "union" => Some((name, Space::TYPES)),
            "const" | "fn" | "static" => Some((name, Space::VALUES)),
            _ => None,
        })
        .collect()
}

/// The tokens with `crate` for `$crate`, and a lone `$` for any other variable of a macro.
fn without_variables(tokens: TokenStream) -> Vec<TokenTree> {
    let mut trees = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(tree) = rest.next() {
        if is_mark(Some(&tree), '$') {
            match rest.peek() {
                Some(TokenTree::Ident(ident)) if ident == "crate" => continue,
                Some(TokenTree::Ident(_)) => {
                    rest.next();
                }
                _ => {}
            }
        }
        trees.push(tree);
    }
    trees
}

/// Reads a path and returns the place after it.
fn path(trees: &[TokenTree], begin: usize, found: &mut Vec<Spoken>) -> usize {
    let mut names = Vec::new();
    let mut line = 0;
    let mut at = begin;
    while let Some(TokenTree::Ident(ident)) = trees.get(at) {
        names.push(text_of(ident));
        line = line_of(ident);
        at += 1;
        if is_double_colon(trees, at) && matches!(trees.get(at + 2), Some(TokenTree::Ident(_))) {
            at += 2;
        } else {
            break;
        }
    }
    let is_macro = is_mark(trees.get(at), '!') && !is_mark(trees.get(at + 1), '=');
    let is_called = is_macro || is_parentheses(trees.get(at)) || is_double_colon(trees, at);
    let goes_on = begin >= 2 && is_double_colon(trees, begin - 2);
    let of_crates = goes_on && (begin == 2 || !ends_path(&trees[begin - 3]));
    let path = NamePath::new(of_crates, names);
    let is_variable = path.start == Start::Here
        && path.names.len() == 1
        && !path.names[0].starts_with(char::is_uppercase)
        && !is_called;
    let is_path = !is_variable && (of_crates || !goes_on) && !follows_word(&trees[..begin]);
    if is_path {
        found.push(Spoken::Path {
            path,
            spaces: if is_macro { Space::MACROS } else { Space::ALL },
            line,
        });
    }
    at
}

/// Reads a `use` declaration and returns the place after it.
fn declaration(trees: &[TokenTree], begin: usize, found: &mut Vec<Spoken>) -> usize {
    let length = trees[begin..]
        .iter()
        .position(|tree| is_mark(Some(tree), ';'));
    let Some(end) = length.map(|length| begin + length + 1) else {
        return begin + 1;
    };
    let Ok(declaration) = syn::parse2(trees[begin..end].iter().cloned().collect()) else {
        return begin + 1;
    };
    let before = match trees[..begin].split_last() {
        Some((last, before)) if is_parentheses(Some(last)) => before.last(),
        last => last.map(|(last, _)| last),
    };
    found.push(Spoken::Use {
        declaration: Box::new(declaration),
        open: matches!(before, Some(TokenTree::Ident(word)) if word == "pub"),
    });
    end
}

/// Whether the tokens begin with `#[cfg(test)]` or its like.
fn begins_test(trees: &[TokenTree]) -> bool {
    let [mark, group @ TokenTree::Group(_), ..] = trees else {
        return false;
    };
    let attribute = [mark, group].into_iter().cloned().collect();
    is_mark(Some(mark), '#')
        && Attribute::parse_outer
            .parse2(attribute)
            .is_ok_and(|attributes| is_test_only(&attributes))
}

fn after_item(trees: &[TokenTree], begin: usize) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        tree => is_mark(Some(tree), ';') || is_mark(Some(tree), ','),
    };
    let rest = trees.get(begin..).unwrap_or_default();
    rest.iter()
        .position(ends)
        .map_or(trees.len(), |length| begin + length + 1)
}

/// Whether what follows is a field, a lifetime or a definition, and no path.
fn follows_word(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(word)] => DEFINING.contains(&word.to_string().as_str()),
        [.., first, second] if is_mark(Some(second), '.') => !is_mark(Some(first), '.'),
        [.., last] => is_mark(Some(last), '\''),
        [] => false,
    }
}

fn ends_path(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(_)) || is_mark(Some(tree), '>') || is_mark(Some(tree), '$')
}

fn is_double_colon(trees: &[TokenTree], at: usize) -> bool {
    is_mark(trees.get(at), ':') && is_mark(trees.get(at + 1), ':')
}

fn is_mark(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

fn is_parentheses(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}
