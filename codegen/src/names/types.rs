//! The names of a crate's types.

use std::collections::BTreeMap;

use super::scope::Scope;

/// The names of a crate's types, each with what it is given to.
///
/// A name that an earlier run gave to the same source is given to it again, before any other: so a
/// schema that is new in the document renames none that was there.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    scope: Scope,
    /// What an earlier run gave, by source.
    recorded: BTreeMap<String, String>,
    /// The source that each of those names is kept for.
    kept: BTreeMap<String, String>,
    given: BTreeMap<String, String>,
}

impl Names {
    /// Without a name yet, and with those that an earlier run gave.
    pub(crate) fn new(recorded: BTreeMap<String, String>) -> Self {
        let kept = recorded
            .iter()
            .map(|(source, name)| (name.clone(), source.clone()))
            .collect();
        Self {
            scope: Scope::of_types(),
            recorded,
            kept,
            given: BTreeMap::new(),
        }
    }

    /// A name of the user's choice; `None` if it is taken, reserved or no identifier.
    pub(crate) fn fixed(&mut self, source: String, name: &str) -> Option<String> {
        if !self.scope.is_free(name) {
            return None;
        }
        self.take(source, name.to_owned())
    }

    /// Whether a type has this name, or none may have it.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        !self.scope.is_free(name)
    }

    /// The name of `source`: `base` if it is free, or else the next that is. A reserved one gets
    /// `suffix` behind.
    pub(crate) fn given(&mut self, source: String, base: String, suffix: &str) -> String {
        let recorded = self.recorded.get(&source);
        if let Some(name) = recorded.filter(|name| self.scope.is_free(name)).cloned() {
            self.scope.take(&name);
            self.given.insert(source, name.clone());
            return name;
        }
        let kept = &self.kept;
        let is_free = |name: &str| kept.get(name).is_none_or(|other| *other == source);
        let name = self.scope.pascal_beside(base, suffix, &is_free);
        self.given.insert(source, name.clone());
        name
    }

    /// Every name with its source.
    pub(crate) fn record(&self) -> &BTreeMap<String, String> {
        &self.given
    }

    fn take(&mut self, source: String, name: String) -> Option<String> {
        self.scope.take(&name);
        self.given.insert(source, name.clone());
        Some(name)
    }
}

impl Default for Names {
    /// Without any name.
    fn default() -> Self {
        Self::new(BTreeMap::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(recorded: &BTreeMap<String, String>, sources: &[&str]) -> BTreeMap<String, String> {
        let mut names = Names::new(recorded.clone());
        for source in sources {
            names.given((*source).to_owned(), "Thing".to_owned(), "Object");
        }
        names.record().clone()
    }

    #[test]
    fn what_has_a_name_keeps_it() {
        let first = named(&BTreeMap::new(), &["b", "c"]);
        let again = named(&first, &["a", "b", "c"]);
        assert_eq!(again["b"], first["b"]);
        assert_eq!(again["c"], first["c"]);
        assert_eq!(again["a"], "Thing3");
    }
}
