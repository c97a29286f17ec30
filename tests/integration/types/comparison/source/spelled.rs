//! How an enum writes its values: the constant `KNOWN`, and the arms of `as_str`.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Ident, LitStr};

/// What an `impl` of an enum writes.
#[derive(Default)]
pub(crate) struct Spelled {
    pub(crate) known: Vec<LitStr>,
    pub(crate) arms: Vec<Arm>,
}

/// `Self::Variant => "wire"`
pub(crate) struct Arm {
    pub(crate) variant: Ident,
    pub(crate) wire: LitStr,
    /// Where the whole arm is.
    pub(crate) place: Range<usize>,
}

impl Spelled {
    /// Reads the `impl` of an enum in its file; empty if there is none.
    pub(crate) fn of(file: &syn::File, name: &Ident) -> Self {
        let mut spelled = Self::default();
        let items = file.items.iter().filter_map(|item| match item {
            syn::Item::Impl(item) if item.trait_.is_none() => Some(item),
            _ => None,
        });
        let of_enum = items.filter(|item| match &*item.self_ty {
            syn::Type::Path(of) => of.path.is_ident(name),
            _ => false,
        });
        for inner in of_enum.flat_map(|item| &item.items) {
            match inner {
                syn::ImplItem::Const(constant) if constant.ident == "KNOWN" => {
                    let mut literals = Literals::default();
                    literals.visit_expr(&constant.expr);
                    spelled.known = literals.0;
                }
                syn::ImplItem::Fn(function) if function.sig.ident == "as_str" => {
                    spelled.visit_block(&function.block);
                }
                _ => {}
            }
        }
        spelled
    }
}

impl<'ast> Visit<'ast> for Spelled {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        // A long value has a block of its own.
        let mut literals = Literals::default();
        literals.visit_expr(&arm.body);
        if let syn::Pat::Path(path) = &arm.pat
            && let Some(variant) = path.path.segments.last()
            && let [wire] = literals.0.as_slice()
        {
            self.arms.push(Arm {
                variant: variant.ident.clone(),
                wire: wire.clone(),
                place: arm.span().byte_range(),
            });
        }
    }
}

#[derive(Default)]
struct Literals(Vec<LitStr>);

impl<'ast> Visit<'ast> for Literals {
    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.0.push(text.clone());
    }
}
