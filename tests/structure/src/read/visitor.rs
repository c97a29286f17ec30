//! Walks the syntax of a file, leaving out what is compiled for tests alone.

use std::collections::BTreeSet;
use std::mem;

use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ExprCall, ExprPath, Field, FieldPat, FieldValue, FnArg, ImplItem,
    Item, Local, Macro, PatIdent, Path, Stmt, StmtMacro, TraitItem, Variant,
};

use super::reader::Reader;
use crate::syntax::{
    Spoken, is_open, is_test_only, line_of, named_in, of_expression, of_impl_item, of_item,
    of_trait_item, text_of, variables, written,
};
use crate::tree::Space;

impl Reader<'_> {
    /// Enters a path and walks its generic arguments.
    fn name(&mut self, path: &Path, spaces: &'static [Space]) {
        if let Some(last) = path.segments.last() {
            self.mention(written(path), spaces, line_of(&last.ident));
        }
        visit::visit_path(self, path);
    }

    fn with_variables(&mut self, variables: BTreeSet<String>, read: impl FnOnce(&mut Self)) {
        let outer = mem::replace(&mut self.variables, variables);
        read(self);
        self.variables = outer;
    }

    fn is_variable(&self, path: &Path) -> bool {
        path.get_ident()
            .is_some_and(|ident| self.variables.contains(&text_of(ident)))
    }
}

/// Walks a kind of syntax unless it is for tests alone.
macro_rules! but_tests {
    ($($visit:ident: $kind:ident),* $(,)?) => {
        $(fn $visit(&mut self, syntax: &'ast $kind) {
            if !is_test_only(&syntax.attrs) {
                visit::$visit(self, syntax);
            }
        })*
    };
}

impl<'ast> Visit<'ast> for Reader<'_> {
    but_tests! {
        visit_arm: Arm,
        visit_field: Field,
        visit_field_pat: FieldPat,
        visit_field_value: FieldValue,
        visit_local: Local,
        visit_stmt_macro: StmtMacro,
        visit_variant: Variant,
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if is_test_only(of_item(item)) {
            if let Item::Mod(module) = item {
                self.test_module(module);
            }
            return;
        }
        self.define(item);
        match item {
            Item::Mod(module) => self.module(module),
            Item::Use(declaration) => self.import(declaration, is_open(&declaration.vis)),
            Item::ExternCrate(declaration) => {
                if let (true, Some((_, name))) = (declaration.ident == "self", &declaration.rename)
                {
                    self.alias_root(name);
                }
            }
            Item::Macro(item) => {
                if item.ident.is_none() {
                    self.name(&item.mac.path, Space::MACROS);
                }
                self.item_macro(item);
            }
            Item::Fn(_) | Item::Const(_) | Item::Static(_) => {
                let variables = variables(|found| found.visit_item(item));
                self.with_variables(variables, |reader| visit::visit_item(reader, item));
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !is_test_only(of_impl_item(item)) {
            let variables = variables(|found| found.visit_impl_item(item));
            self.with_variables(variables, |reader| visit::visit_impl_item(reader, item));
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        if !is_test_only(of_trait_item(item)) {
            let variables = variables(|found| found.visit_trait_item(item));
            self.with_variables(variables, |reader| visit::visit_trait_item(reader, item));
        }
    }

    fn visit_fn_arg(&mut self, argument: &'ast FnArg) {
        let attributes = match argument {
            FnArg::Receiver(receiver) => &receiver.attrs,
            FnArg::Typed(typed) => &typed.attrs,
        };
        if !is_test_only(attributes) {
            visit::visit_fn_arg(self, argument);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        if block
            .stmts
            .iter()
            .any(|statement| matches!(statement, Stmt::Item(_)))
        {
            self.in_block(|reader| visit::visit_block(reader, block));
        } else {
            visit::visit_block(self, block);
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if !is_test_only(of_expression(expression)) {
            visit::visit_expr(self, expression);
        }
    }

    /// What is called is an item even if a variable has its name: `let page = page();`.
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(callee) = &*call.func
            && self.is_variable(&callee.path)
        {
            self.name(&callee.path, Space::VALUES);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_path(&mut self, expression: &'ast ExprPath) {
        if self.is_variable(&expression.path) {
            return;
        }
        if let Some(of) = &expression.qself {
            self.visit_qself(of);
        }
        self.name(&expression.path, Space::VALUES);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        self.name(path, Space::TYPES);
    }

    /// A lone name in a pattern is a constant or a variant if it is no variable.
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        let name = text_of(&pattern.ident);
        if !self.variables.contains(&name) {
            self.name(&pattern.ident.clone().into(), Space::VALUES);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        self.name(&invocation.path, Space::MACROS);
        self.in_block(|reader| reader.hear(invocation.tokens.clone()));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        for spoken in named_in(attribute) {
            if let Spoken::Path { path, spaces, line } = spoken {
                self.mention(path, spaces, line);
            }
        }
    }
}
