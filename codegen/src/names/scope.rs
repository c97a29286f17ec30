//! A scope in which every name is given once.

use std::collections::BTreeSet;

use super::reserved;

/// The names of one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    reserved: &'static [&'static str],
}

impl Scope {
    fn without(reserved: &'static [&'static str]) -> Self {
        Self {
            taken: BTreeSet::new(),
            reserved,
        }
    }

    /// The types of a crate.
    pub(crate) fn of_types() -> Self {
        Self::without(reserved::TYPES)
    }

    /// The methods of a client, which are the modules of its crate too.
    pub(crate) fn of_resources() -> Self {
        Self::without(reserved::RESOURCES)
    }

    /// The methods of a resource.
    pub(crate) fn of_functions() -> Self {
        Self::without(reserved::FUNCTIONS)
    }

    /// The setters of a request.
    pub(crate) fn of_setters() -> Self {
        Self::without(reserved::REQUEST_METHODS)
    }

    /// The arguments of a function.
    pub(crate) fn of_arguments() -> Self {
        Self::default()
    }

    /// The constants of a file of requests.
    pub(crate) fn of_constants() -> Self {
        Self::without(reserved::CONSTANTS)
    }

    /// The fields of an object.
    pub(crate) fn of_object_fields() -> Self {
        Self::without(reserved::OBJECT_FIELDS)
    }

    /// The fields of parameters, which are their setters too.
    pub(crate) fn of_params_fields() -> Self {
        Self::without(reserved::PARAMS_METHODS)
    }

    /// The variants of an enum.
    pub(crate) fn of_variants() -> Self {
        Self::without(reserved::VARIANTS)
    }

    /// The variants of a union.
    pub(crate) fn of_union_variants() -> Self {
        Self::without(reserved::UNION_VARIANTS)
    }

    /// Whether a name can be given as it is.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name) && !self.reserved.contains(&name) && !reserved::is_keyword(name)
    }

    /// Takes a name that is given elsewhere.
    pub(crate) fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The name in snake case: with `_` behind if it is reserved, and numbered if it is taken.
    pub(crate) fn snake(&mut self, name: String) -> String {
        let base = self.allowed(name, "_");
        self.numbered(base, "_", &|_| true)
    }

    /// The name in Pascal case: with `suffix` behind if it is reserved, and numbered if it is taken.
    pub(crate) fn pascal(&mut self, name: String, suffix: &str) -> String {
        self.pascal_beside(name, suffix, &|_| true)
    }

    /// The same, where a name must also pass `is_free`.
    pub(super) fn pascal_beside(
        &mut self,
        name: String,
        suffix: &str,
        is_free: &dyn Fn(&str) -> bool,
    ) -> String {
        let base = self.allowed(name, suffix);
        self.numbered(base, "", is_free)
    }

    fn allowed(&self, name: String, suffix: &str) -> String {
        match self.reserved.contains(&name.as_str()) || reserved::is_keyword(&name) {
            true => name + suffix,
            false => name,
        }
    }

    fn numbered(&mut self, base: String, before: &str, may_be: &dyn Fn(&str) -> bool) -> String {
        let separator = if base.ends_with('_') { "" } else { before };
        let mut name = base.clone();
        let mut number = 2;
        while !self.is_free(&name) || !may_be(&name) {
            name = format!("{base}{separator}{number}");
            number += 1;
        }
        self.take(&name);
        name
    }
}

/// The name of a resource, with `_` behind it if it is reserved or a keyword.
pub(crate) fn resource_name(name: String) -> String {
    Scope::of_resources().snake(name)
}

/// The name of a resource's method, with `_` behind it if it is a keyword or that of the constructor.
pub(crate) fn function_name(name: String) -> String {
    Scope::of_functions().snake(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_leave_the_clients_methods_alone() {
        for (name, free) in [
            ("share", "share_"),
            ("type", "type_"),
            ("gen", "gen_"),
            ("accounts", "accounts"),
        ] {
            assert_eq!(resource_name(name.to_owned()), free);
        }
    }

    #[test]
    fn what_is_taken_is_numbered() {
        let mut scope = Scope::of_setters();
        let mut names = |name: &str| scope.snake(name.to_owned());
        assert_eq!(
            ["send", "send", "send_2", "id", "id"].map(&mut names),
            ["send_", "send_2", "send_2_2", "id", "id_2"]
        );
        let mut scope = Scope::of_types();
        let mut names = |name: &str| scope.pascal(name.to_owned(), "Object");
        assert_eq!(
            ["Event", "EventObject", "Self", "A", "A"].map(&mut names),
            ["EventObject", "EventObject2", "SelfObject", "A", "A2"]
        );
    }
}
