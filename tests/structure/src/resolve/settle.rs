//! Follows all imports, until nothing new is known.

use super::known::{Known, Targets};
use super::paths::resolve;
use crate::tree::{Glob, ScopeId, Space, Target, Tree, Use};

/// What every import leads to. Imports lead to imports, so they are followed again as long as one of
/// them finds something; names that macros make are guessed only when all others are found.
pub(crate) fn settle(tree: &Tree) -> Known {
    let mut known = Known::nothing(tree);
    for guess in [false, true] {
        while follow(tree, &mut known, guess) {}
    }
    known
}

/// Follows each import once, and tells whether any found something new.
fn follow(tree: &Tree, known: &mut Known, guess: bool) -> bool {
    let mut is_new = false;
    for (at, scope) in tree.scopes.iter().enumerate() {
        for (place, import) in scope.uses.iter().enumerate() {
            let guess = guess && known.uses[at][place].is_empty();
            for found in imported(tree, known, at, import, guess) {
                let all = &mut known.uses[at][place];
                if !all.contains(&found) {
                    all.push(found);
                    is_new = true;
                }
            }
        }
        for (place, glob) in scope.globs.iter().enumerate() {
            for found in opened(tree, known, at, glob) {
                is_new |= known.globs[at][place].insert(found);
            }
        }
    }
    is_new
}

fn imported(tree: &Tree, known: &Known, scope: ScopeId, import: &Use, guess: bool) -> Targets {
    resolve(tree, known, scope, &import.path, import.spaces, guess)
}

/// The scopes whose names a glob brings: a module's, or an enum's.
fn opened(tree: &Tree, known: &Known, scope: ScopeId, glob: &Glob) -> Vec<ScopeId> {
    resolve(tree, known, scope, &glob.path, Space::TYPES, false)
        .into_iter()
        .filter_map(|(_, target)| match target {
            Target::Module(module) => Some(module),
            Target::Item(item) => item.variants,
        })
        .collect()
}
