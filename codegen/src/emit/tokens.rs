//! Types and names as tokens.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::engine::Ty;

/// An identifier of the model's.
pub(super) fn ident(name: &str) -> syn::Ident {
    format_ident!("{name}")
}

impl ToTokens for Ty {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Unit => quote! { () },
            Self::Bool => quote! { bool },
            Self::Integer => quote! { i64 },
            Self::Text => quote! { String },
            Self::Named(name) => ident(name).into_token_stream(),
            Self::Runtime(name, arguments) if arguments.is_empty() => {
                ident(name).into_token_stream()
            }
            Self::Runtime(name, arguments) => {
                let name = ident(name);
                quote! { #name<#( #arguments ),*> }
            }
            Self::Option(inner) => quote! { Option<#inner> },
            Self::Boxed(inner) => quote! { Box<#inner> },
            Self::Vec(inner) => quote! { Vec<#inner> },
            Self::Map(inner) => quote! { BTreeMap<String, #inner> },
        });
    }
}
