//! Unions: enums of the objects that one place can hold.

use quote::quote;

use super::docs;
use super::file::File;
use super::tokens::ident;
use crate::Result;
use crate::model::{Crate, Member};

/// Adds the unions to the file of the objects: each holds objects, which in turn hold unions.
pub(super) fn add(made: &Crate, file: &mut File) -> Result<()> {
    for union in &made.unions {
        let name = ident(&union.name);
        let doc = docs::text(&union.docs);
        let variants = union.members.iter().map(|member| {
            let deleted = if member.deleted { " deleted" } else { "" };
            let doc = docs::text(&format!("A{deleted} `{}`.", member.object));
            let (variant, ty) = (ident(&member.variant), ident(&member.ty));
            quote! { #doc #variant(Box<#ty>), }
        });
        let cursors = union.members.iter().map(|member| {
            let variant = ident(&member.variant);
            match member.has_id {
                true => quote! { Self::#variant(object) => object.cursor(), },
                false => quote! { Self::#variant(_) => "", },
            }
        });
        file.items(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum #name {
                #( #variants )*
                /// An object of a type that this version does not know, or that the slice leaves out.
                Other(RawJson),
            }

            impl Sealed for #name {}

            impl Listed for #name {
                fn cursor(&self) -> &str {
                    match self {
                        #( #cursors )*
                        Self::Other(object) => object.cursor(),
                    }
                }
            }
        })?;
        let lines = union.members.iter().map(|member| {
            let Member {
                variant,
                ty,
                object,
                deleted,
                ..
            } = member;
            format!("{variant}({ty}) = {object:?} deleted {deleted},")
        });
        file.lines(&format!("union!({} {{", union.name), lines, "});");
    }
    Ok(())
}
