//! The lines of the macros that declare objects, parameters and enums.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, braced};

/// `Name { line, line, … }`
pub(crate) struct Lines<L> {
    pub(crate) name: Ident,
    pub(crate) lines: Vec<L>,
}

impl<L: Parse> Parse for Lines<L> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let content;
        braced!(content in input);
        let lines = Punctuated::<L, Token![,]>::parse_terminated(&content)?;
        Ok(Self {
            name,
            lines: lines.into_iter().collect(),
        })
    }
}

/// `"wire": field required sensitive`
pub(crate) struct Field {
    pub(crate) wire: LitStr,
    pub(crate) field: Ident,
    pub(crate) presence: Ident,
    pub(crate) sensitive: Option<Ident>,
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let wire = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok(Self {
            wire,
            field: input.parse()?,
            presence: input.parse()?,
            sensitive: input.peek(Ident).then(|| input.parse()).transpose()?,
        })
    }
}

/// `Variant = "wire"`
pub(crate) struct Variant {
    pub(crate) variant: Ident,
    pub(crate) wire: LitStr,
}

impl Parse for Variant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let variant = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Self {
            variant,
            wire: input.parse()?,
        })
    }
}

pub(crate) fn is_object(mac: &syn::Macro) -> bool {
    mac.path.is_ident("object") || mac.path.is_ident("params")
}

/// The text of a literal.
pub(super) fn literal(expression: &syn::Expr) -> String {
    match expression {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => text.value(),
        _ => String::new(),
    }
}
