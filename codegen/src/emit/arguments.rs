//! Fields of parameters as arguments of functions.

use proc_macro2::TokenStream;
use quote::quote;

use crate::engine::Ty;

/// An attribute for a function of so many arguments, `self` included, where clippy would have fewer.
pub(super) fn many(arguments: usize) -> Option<TokenStream> {
    const MOST: usize = 7;
    (arguments > MOST).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "the API requires each of them")] }
    })
}

/// A value of a field's type as an argument: whatever converts into it.
pub(super) fn argument(ident: &syn::Ident, ty: &Ty) -> TokenStream {
    match ty.inside_option().unwrap_or(ty) {
        Ty::Vec(item) => quote! { #ident: impl IntoIterator<Item = impl Into<#item>> },
        Ty::Map(value) => {
            quote! { #ident: impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)> }
        }
        ty @ (Ty::Bool | Ty::Integer) => quote! { #ident: #ty },
        ty => quote! { #ident: impl Into<#ty> },
    }
}

/// The argument converted to what the field holds, inside of its `Option` where it has one.
pub(super) fn conversion(ident: &syn::Ident, ty: &Ty) -> TokenStream {
    match ty.inside_option().unwrap_or(ty) {
        Ty::Vec(_) => quote! { #ident.into_iter().map(Into::into).collect() },
        Ty::Map(_) => {
            quote! { #ident.into_iter().map(|(key, value)| (key.into(), value.into())).collect() }
        }
        Ty::Bool | Ty::Integer => quote! { #ident },
        _ => quote! { #ident.into() },
    }
}

/// The argument as it is stored in the field.
pub(super) fn stored(ident: &syn::Ident, ty: &Ty) -> TokenStream {
    let value = conversion(ident, ty);
    match ty.inside_option() {
        Some(_) => quote! { Some(#value) },
        None => value,
    }
}
