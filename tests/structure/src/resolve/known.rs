//! What is known of imports, and names looked up with it.

use std::collections::BTreeSet;

use crate::tree::{Scope, ScopeId, Space, Target, Tree};

/// What a path leads to. A name can be in several namespaces, and depend on features.
pub(crate) type Targets = Vec<(Space, Target)>;

/// What the imports of a tree lead to, as far as it is known.
#[derive(Debug)]
pub(crate) struct Known {
    /// For each scope and each of its `uses`.
    pub(super) uses: Vec<Vec<Targets>>,
    /// For each scope and each of its `globs`, the scopes whose names it brings.
    pub(super) globs: Vec<Vec<BTreeSet<ScopeId>>>,
}

/// What a name leads to.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) targets: Vec<Target>,
    /// Whether an import of that name leads elsewhere, to another crate perhaps.
    pub(super) is_taken: bool,
}

impl Answer {
    pub(super) fn is_empty(&self) -> bool {
        self.targets.is_empty() && !self.is_taken
    }
}

impl Known {
    pub(super) fn nothing(tree: &Tree) -> Self {
        let uses = |scope: &Scope| vec![Vec::new(); scope.uses.len()];
        let globs = |scope: &Scope| vec![BTreeSet::new(); scope.globs.len()];
        Self {
            uses: tree.scopes.iter().map(uses).collect(),
            globs: tree.scopes.iter().map(globs).collect(),
        }
    }

    /// Looks a name up in one scope, as seen from `asker`.
    pub(super) fn within(
        &self,
        tree: &Tree,
        asker: ScopeId,
        scope: ScopeId,
        name: &str,
        space: Space,
    ) -> Answer {
        let mut answer = Answer::default();
        let mut seen = BTreeSet::new();
        let mut todo = vec![scope];
        while let Some(at) = todo.pop() {
            if !seen.insert(at) {
                continue;
            }
            let here = &tree.scopes[at];
            let sees_all = tree.is_within(asker, at);
            let before = (answer.targets.len(), answer.is_taken);
            for binding in here.items.get(name).into_iter().flatten() {
                if binding.space == space && (binding.open || sees_all) {
                    answer.targets.push(binding.target.clone());
                }
            }
            for (import, found) in here.uses.iter().zip(&self.uses[at]) {
                if import.name == name && (import.open || sees_all) {
                    answer.is_taken |= found.is_empty();
                    let found = found.iter().filter(|(of, _)| *of == space);
                    answer
                        .targets
                        .extend(found.map(|(_, target)| target.clone()));
                }
            }
            // What a scope says itself hides what its globs bring.
            if before == (answer.targets.len(), answer.is_taken) {
                for (glob, found) in here.globs.iter().zip(&self.globs[at]) {
                    if glob.open || sees_all {
                        todo.extend(found);
                    }
                }
            }
        }
        answer
    }

    /// Looks a name up from where it is written, outwards.
    pub(super) fn around(&self, tree: &Tree, scope: ScopeId, name: &str, space: Space) -> Answer {
        let mut at = scope;
        loop {
            let answer = self.within(tree, scope, at, name, space);
            // Macros are known in the modules below as well.
            let goes_out = tree.scopes[at].module != at || space == Space::Macro;
            match tree.scopes[at].outer {
                Some(outer) if goes_out && answer.is_empty() => at = outer,
                _ => return answer,
            }
        }
    }
}
