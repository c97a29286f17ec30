//! Local variables, which hide items of their name.

use std::collections::BTreeSet;

use syn::PatIdent;
use syn::visit::{self, Visit};

use super::names::text_of;

/// The names of all variables and parameters in a piece of syntax, handed over as the call that visits
/// it. A pattern with a capital is a constant or a variant.
pub(crate) fn variables(visit: impl FnOnce(&mut Variables)) -> BTreeSet<String> {
    let mut found = Variables::default();
    visit(&mut found);
    found.0
}

/// Collects the names of variables.
#[derive(Default)]
pub(crate) struct Variables(BTreeSet<String>);

impl<'ast> Visit<'ast> for Variables {
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        let name = text_of(&pattern.ident);
        if !name.starts_with(char::is_uppercase) {
            self.0.insert(name);
        }
        visit::visit_pat_ident(self, pattern);
    }
}
