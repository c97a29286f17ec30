//! The parameters of requests.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::arguments::{argument, conversion, is_required, many, map_value, stored};
use super::docs;
use super::file::File;
use super::input::{Input, Struct, inner};
use crate::Result;

pub(super) fn file(input: &Input<'_>) -> Result<File> {
    let mut file = File::new(
        "parameters.rs",
        "The parameters of the requests. Those that are required are given to `new`.",
    );
    for (name, item) in input
        .structs
        .iter()
        .filter(|(name, _)| input.is_params(name))
    {
        let place = input.component(name);
        let ident = format_ident!("{name}");
        let doc = docs::of(place);
        // The parameters of a whole request are set through the request, and only seen by it.
        let is_request = place["x-request"] == true;
        let visibility = if is_request {
            quote! { pub(crate) }
        } else {
            quote! { pub }
        };
        let non_exhaustive = (!is_request).then(|| quote! { #[non_exhaustive] });
        let fields = item.fields.iter().map(|field| {
            let (doc, ident, ty) = (
                docs::of(&place["properties"][&field.wire]),
                &field.ident,
                &field.ty,
            );
            quote! { #doc #visibility #ident: #ty, }
        });
        let has_required = item.fields.iter().any(is_required);
        // One attribute for every method, since each returns the whole.
        let must_use = (!is_request).then(|| {
            quote! { #[must_use = "parameters do nothing until a request is given them"] }
        });
        let default = (!has_required).then(|| quote! { Default, });
        file.items(quote! {
            #doc
            #[derive(Clone, Debug, #default PartialEq, Eq)]
            #non_exhaustive
            #must_use
            #visibility struct #ident {
                #( #fields )*
            }
        })?;
        file.items(methods(item, place, &ident, &visibility))?;
        file.lines(
            &format!("params!({name} {{"),
            item.fields.iter().map(|field| {
                let presence = if is_required(field) {
                    "required"
                } else {
                    "optional"
                };
                format!("{:?}: {} {presence},", field.wire, field.ident)
            }),
            "});",
        );
        if item.has_cursors() {
            file.line(&format!("list_params!({name});"));
        } else if is_request && is_search(input, name) {
            file.line(&format!("search_params!({name});"));
        }
    }
    Ok(file)
}

/// Whether these are the parameters of a search.
fn is_search(input: &Input<'_>, params: &str) -> bool {
    let mut operations = input.operations.iter();
    operations.any(|operation| {
        params.strip_suffix("Params") == Some(&operation.request)
            && input.searched(operation).is_some()
    })
}

fn methods(
    item: &Struct,
    place: &Value,
    name: &syn::Ident,
    visibility: &TokenStream,
) -> TokenStream {
    let arguments: Vec<TokenStream> = item
        .fields
        .iter()
        .filter(|field| is_required(field))
        .map(argument)
        .collect();
    let many = many(arguments.len());
    let values = item.fields.iter().map(|field| {
        let ident = &field.ident;
        let value = match inner(&field.ty, "Option") {
            _ if is_required(field) => conversion(field),
            Some(_) => quote! { None },
            None if map_value(&field.ty).is_some() => quote! { BTreeMap::new() },
            None => quote! { Vec::new() },
        };
        field_value(ident, &value)
    });
    let is_nested = place["x-request"] != true;
    let setters = item
        .fields
        .iter()
        .filter(|field| is_nested && !is_required(field))
        .map(|field| {
            let doc = docs::of(&place["properties"][&field.wire]);
            let (ident, argument, value) = (&field.ident, argument(field), stored(field));
            // Properties that exclude one another replace one another.
            let rest = match place["x-exclusive"].is_string() {
                true => quote! { Self::new() },
                false => quote! { self },
            };
            let value = field_value(ident, &value);
            quote! {
                #doc
                pub fn #ident(self, #argument) -> Self {
                    Self { #value ..#rest }
                }
            }
        });
    quote! {
        impl #name {
            /// With what is required, and nothing else.
            #many
            #visibility fn new(#( #arguments ),*) -> Self {
                Self { #( #values )* }
            }
            #( #setters )*
        }
    }
}

/// A field of a struct's literal, as short as it can be written.
fn field_value(ident: &syn::Ident, value: &TokenStream) -> TokenStream {
    match *ident == value.to_string() {
        true => quote! { #ident, },
        false => quote! { #ident: #value, },
    }
}
