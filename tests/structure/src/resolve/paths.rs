//! Paths, followed from name to name.

use super::known::{Known, Targets};
use crate::tree::{NamePath, ScopeId, Space, Start, Target, Tree};

/// What a path leads to. A name that nothing defines in a module of the crate is taken for one that a
/// macro makes there, if `guess` says so.
pub(crate) fn resolve(
    tree: &Tree,
    known: &Known,
    scope: ScopeId,
    path: &NamePath,
    spaces: &[Space],
    guess: bool,
) -> Targets {
    let Some((mut at, names)) = start(tree, known, scope, path, spaces) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let is_last = place + 1 == names.len();
        let sought = if is_last { spaces } else { Space::TYPES };
        let mut next = Vec::new();
        for (_, target) in at {
            match target {
                Target::Module(module) => {
                    next.extend(step(tree, known, scope, module, name, sought, guess));
                }
                // What follows the name of a type is within its definition, and may be anything.
                item @ Target::Item(_) => {
                    found.extend(spaces.iter().map(|&space| (space, item.clone())));
                }
            }
        }
        at = next;
    }
    found.extend(at);
    found
}

/// Where a path begins, and the names that are left.
fn start<'p>(
    tree: &Tree,
    known: &Known,
    scope: ScopeId,
    path: &'p NamePath,
    spaces: &[Space],
) -> Option<(Targets, &'p [String])> {
    let names = path.names.as_slice();
    let module = |scope| vec![(Space::Type, Target::Module(scope))];
    match path.start {
        Start::Crate => Some((module(tree.root(scope)), names)),
        Start::Above(count) => {
            let mut at = tree.scopes[scope].module;
            for _ in 0..count {
                at = tree.above(at)?;
            }
            Some((module(at), names))
        }
        Start::Crates => library(tree, names),
        Start::Here => {
            let (first, rest) = names.split_first()?;
            let spaces = if rest.is_empty() {
                spaces
            } else {
                Space::TYPES
            };
            let mut found = Vec::new();
            let mut is_free = true;
            for &space in spaces {
                let answer = known.around(tree, scope, first, space);
                is_free &= answer.is_empty();
                found.extend(answer.targets.into_iter().map(|target| (space, target)));
            }
            if is_free {
                library(tree, names)
            } else {
                Some((found, rest))
            }
        }
    }
}

/// The library, as its programs name it.
fn library<'p>(tree: &Tree, names: &'p [String]) -> Option<(Targets, &'p [String])> {
    let (first, rest) = names.split_first()?;
    let (name, root) = tree.crate_name.as_ref()?;
    (name == first).then(|| (vec![(Space::Type, Target::Module(*root))], rest))
}

/// Looks up one name of a path in a module.
fn step(
    tree: &Tree,
    known: &Known,
    asker: ScopeId,
    module: ScopeId,
    name: &str,
    spaces: &[Space],
    guess: bool,
) -> Targets {
    let mut found = Vec::new();
    let mut is_free = true;
    for &space in spaces {
        let answer = known.within(tree, asker, module, name, space);
        is_free &= answer.is_empty();
        found.extend(answer.targets.into_iter().map(|target| (space, target)));
    }
    if is_free && guess {
        let made = Target::Item(tree.item(module, name, None));
        found.extend(spaces.iter().map(|&space| (space, made.clone())));
    }
    found
}
