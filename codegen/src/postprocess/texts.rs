//! Types that are texts on the wire: ids and enums.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::docs;
use super::file::File;
use super::input::{Input, Variant};
use crate::Result;
use crate::names::pascal_case;

pub(super) fn ids(input: &Input<'_>) -> Result<File> {
    let mut file = File::new(
        "ids.rs",
        "The ids of the API, a type for each kind of object.",
    );
    for (name, place) in input.ids() {
        let ident = format_ident!("{name}");
        let doc = docs::of(place);
        file.items(quote! {
            #doc
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #ident(String);

            impl #ident {
                /// The id as a string.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }
        })?;
        file.line(&format!("id!({name});"));
    }
    Ok(file)
}

pub(super) fn enums(input: &Input<'_>) -> Result<File> {
    let mut file = File::new(
        "enums.rs",
        "The enums of the API. Each keeps a value that it does not know, so that no answer is refused for it.",
    );
    for (name, variants) in &input.enums {
        let place = input.component(name);
        let prefix = shared_prefix(variants);
        let names: Vec<_> = variants
            .iter()
            .map(|variant| variant_name(variant, prefix.as_deref()))
            .collect();
        file.items(declaration(name, place, variants, &names))?;
        file.lines(
            &format!("open_enum!({name} {{"),
            variants
                .iter()
                .zip(&names)
                .map(|(variant, name)| format!("{name} = {:?},", variant.wire)),
            "});",
        );
    }
    Ok(file)
}

fn declaration(
    name: &str,
    place: &Value,
    variants: &[Variant],
    names: &[syn::Ident],
) -> TokenStream {
    let name = format_ident!("{name}");
    let doc = docs::of(place);
    let values: Vec<&str> = variants
        .iter()
        .map(|variant| variant.wire.as_str())
        .collect();
    let variants = variants.iter().zip(names).map(|(variant, ident)| {
        let doc = docs::text(
            place["x-values"][&variant.wire]
                .as_str()
                .unwrap_or_default(),
        );
        quote! { #doc #ident, }
    });
    quote! {
        #doc
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #( #variants )*
            /// A value that this version does not know.
            UnknownValue(UnknownValue),
        }

        impl #name {
            /// The values that this version knows, in the document's order.
            pub const KNOWN: &'static [&'static str] = &[ #( #values ),* ];

            /// The value as the API writes it, a known one as well as an unknown one.
            pub fn as_str(&self) -> &str {
                match self {
                    #( Self::#names => #values, )*
                    Self::UnknownValue(value) => value.as_str(),
                }
            }
        }
    }
}

/// The first word of dotted values, when all begin with it: then it tells nothing apart.
fn shared_prefix(variants: &[Variant]) -> Option<String> {
    let first = |variant: &Variant| {
        variant
            .wire
            .split_once('.')
            .map(|(first, _)| first.to_owned())
    };
    let prefix = first(variants.first()?)?;
    (variants.len() > 1
        && variants
            .iter()
            .all(|variant| first(variant).as_ref() == Some(&prefix)))
    .then_some(prefix)
}

fn variant_name(variant: &Variant, prefix: Option<&str>) -> syn::Ident {
    let short = prefix.and_then(|prefix| {
        let prefix = pascal_case(prefix);
        variant
            .ident
            .to_string()
            .strip_prefix(&prefix)
            .map(str::to_owned)
    });
    short.map_or_else(|| variant.ident.clone(), |short| format_ident!("{short}"))
}
