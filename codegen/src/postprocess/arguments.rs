//! Fields of parameters as arguments of functions.

use proc_macro2::TokenStream;
use quote::quote;

use super::input::{Field, inner};

/// Whether a request cannot be made without the field. The generator makes an array or a map that is
/// not required one that is empty.
pub(super) fn is_required(field: &Field) -> bool {
    !field.optional && inner(&field.ty, "Option").is_none()
}

/// An attribute for a function of so many arguments, `self` included, where clippy would have fewer.
pub(super) fn many(arguments: usize) -> Option<TokenStream> {
    const MOST: usize = 7;
    (arguments > MOST).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "the API requires each of them")] }
    })
}

/// A field as an argument: whatever converts into it.
pub(super) fn argument(field: &Field) -> TokenStream {
    let ident = &field.ident;
    let ty = inner(&field.ty, "Option").unwrap_or(&field.ty);
    if let Some(item) = inner(ty, "Vec") {
        return quote! { #ident: impl IntoIterator<Item = impl Into<#item>> };
    }
    if let Some(value) = map_value(ty) {
        return quote! { #ident: impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)> };
    }
    match is_primitive(ty) {
        true => quote! { #ident: #ty },
        false => quote! { #ident: impl Into<#ty> },
    }
}

/// The argument converted to what the field holds, inside of its `Option` where it has one.
pub(super) fn conversion(field: &Field) -> TokenStream {
    let ident = &field.ident;
    let ty = inner(&field.ty, "Option").unwrap_or(&field.ty);
    if inner(ty, "Vec").is_some() {
        return quote! { #ident.into_iter().map(Into::into).collect() };
    }
    if map_value(ty).is_some() {
        return quote! { #ident.into_iter().map(|(key, value)| (key.into(), value.into())).collect() };
    }
    match is_primitive(ty) {
        true => quote! { #ident },
        false => quote! { #ident.into() },
    }
}

/// The argument as it is stored in the field.
pub(super) fn stored(field: &Field) -> TokenStream {
    let value = conversion(field);
    match inner(&field.ty, "Option") {
        Some(_) => quote! { Some(#value) },
        None => value,
    }
}

/// The type of a map's values.
pub(super) fn map_value(ty: &syn::Type) -> Option<&syn::Type> {
    inner(ty, "BTreeMap")?;
    let syn::Type::Path(path) = ty else {
        return None;
    };
    match &path.path.segments.last()?.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.last()? {
            syn::GenericArgument::Type(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

fn is_primitive(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if ["bool", "i64", "f64"].iter().any(|name| path.path.is_ident(name)))
}
