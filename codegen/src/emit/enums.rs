//! Types that are texts on the wire: ids and enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::file::File;
use super::tokens::ident;
use crate::Result;
use crate::model::{Crate, Enum};

pub(super) fn ids(made: &Crate) -> Result<File> {
    let mut file = File::new(
        "ids.rs",
        "The ids of the API, a type for each kind of object.",
    );
    for id in &made.ids {
        let name = ident(&id.name);
        let doc = docs::text(&id.docs);
        file.items(quote! {
            #doc
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(String);

            impl #name {
                /// The id as a string.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }
        })?;
        file.line(&format!("id!({});", id.name));
    }
    Ok(file)
}

pub(super) fn enums(made: &Crate) -> Result<File> {
    let mut file = File::new(
        "enums.rs",
        "The enums of the API. Each keeps a value that it does not know, so that no answer is refused for it.",
    );
    for item in &made.enums {
        file.items(declaration(item))?;
        file.lines(
            &format!("open_enum!({} {{", item.name),
            item.values
                .iter()
                .map(|value| format!("{} = {:?},", value.ident, value.wire)),
            "});",
        );
    }
    Ok(file)
}

fn declaration(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    let doc = docs::text(&item.docs);
    let values: Vec<&str> = item
        .values
        .iter()
        .map(|value| value.wire.as_str())
        .collect();
    let names: Vec<syn::Ident> = item
        .values
        .iter()
        .map(|value| ident(&value.ident))
        .collect();
    let variants = item.values.iter().zip(&names).map(|(value, ident)| {
        let doc = docs::text(&value.docs);
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
