//! Unions: enums of the objects that one place can hold.

use quote::{format_ident, quote};

use super::docs;
use super::file::File;
use super::input::{Input, Member};
use crate::Result;

/// Adds the unions to the file of the objects: each holds objects, which in turn hold unions.
pub(super) fn add(input: &Input<'_>, file: &mut File) -> Result<()> {
    for (name, members) in &input.unions {
        let ident = format_ident!("{name}");
        let doc = match docs::of(input.component(name)) {
            none if none.is_empty() => docs::text("One of several types of object."),
            doc => doc,
        };
        let variants = members.iter().map(
            |Member {
                 ty,
                 object,
                 deleted,
             }| {
                let text = format!("A{} `{object}`.", if *deleted { " deleted" } else { "" });
                let doc = docs::text(&text);
                quote! { #doc #ty(Box<#ty>), }
            },
        );
        let cursors = members.iter().map(|Member { ty, .. }| {
            let has_id = input
                .structs
                .get(&ty.to_string())
                .is_some_and(|item| item.id().is_some());
            match has_id {
                true => quote! { Self::#ty(object) => object.cursor(), },
                false => quote! { Self::#ty(_) => "", },
            }
        });
        file.items(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum #ident {
                #( #variants )*
                /// An object of a type that this version does not know, or that the slice leaves out.
                Other(RawJson),
            }

            impl Sealed for #ident {}

            impl Listed for #ident {
                fn cursor(&self) -> &str {
                    match self {
                        #( #cursors )*
                        Self::Other(object) => object.cursor(),
                    }
                }
            }
        })?;
        let lines = members.iter().map(
            |Member {
                 ty,
                 object,
                 deleted,
             }| format!("{ty}({ty}) = {object:?} deleted {deleted},"),
        );
        file.lines(&format!("union!({name} {{"), lines, "});");
    }
    Ok(())
}
