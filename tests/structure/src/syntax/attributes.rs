//! The attributes of syntax that comes in kinds.

use syn::{Attribute, Expr, ImplItem, Item, TraitItem};

/// Takes the attributes out of an enum whose every kind has them.
macro_rules! attributes {
    ($of:ident: $($kind:ident)*) => {
        match $of {
            $(Kind::$kind(inner) => &inner.attrs,)*
            _ => &[],
        }
    };
}

/// The attributes of an item.
pub(crate) fn of_item(item: &Item) -> &[Attribute] {
    use Item as Kind;
    attributes!(item: Const Enum ExternCrate Fn ForeignMod Impl Macro Mod Static Struct Trait
        TraitAlias Type Union Use)
}

/// The attributes of an item of an `impl` block.
pub(crate) fn of_impl_item(item: &ImplItem) -> &[Attribute] {
    use ImplItem as Kind;
    attributes!(item: Const Fn Macro Type)
}

/// The attributes of an item of a trait.
pub(crate) fn of_trait_item(item: &TraitItem) -> &[Attribute] {
    use TraitItem as Kind;
    attributes!(item: Const Fn Macro Type)
}

/// The attributes of an expression.
pub(crate) fn of_expression(expression: &Expr) -> &[Attribute] {
    use Expr as Kind;
    attributes!(expression: Array Assign Async Await Binary Block Break Call Cast Closure Const
        Continue Field ForLoop Group If Index Infer Let Lit Loop Macro Match MethodCall Paren Path
        Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield)
}
