//! Where the types of a crate are declared.

use std::collections::BTreeMap;

use crate::model::Crate;

/// The module of every type that one file may need from another.
pub(super) struct Index<'m>(BTreeMap<&'m str, &'static str>);

impl<'m> Index<'m> {
    pub(super) fn new(made: &'m Crate) -> Self {
        let mut modules = BTreeMap::new();
        let mut add = |name: &'m str, module| {
            modules.insert(name, module);
        };
        made.enums
            .iter()
            .for_each(|it| add(&it.name, "super::enums"));
        made.ids.iter().for_each(|it| add(&it.name, "super::ids"));
        made.objects
            .iter()
            .for_each(|it| add(&it.name, "super::objects"));
        made.unions
            .iter()
            .for_each(|it| add(&it.name, "super::objects"));
        made.params
            .iter()
            .for_each(|it| add(&it.name, "super::parameters"));
        Self(modules)
    }

    /// The module in which a type of this name is declared, if there is one.
    pub(super) fn module_of(&self, name: &str) -> Option<&'static str> {
        self.0.get(name).copied()
    }
}
