//! The objects of answers.

use quote::quote;

use super::docs;
use super::file::File;
use super::tokens::ident;
use crate::Result;
use crate::engine::Ty;
use crate::model::{Crate, Field, Object};

pub(super) fn file(made: &Crate) -> Result<File> {
    let mut file = File::new(
        "objects.rs",
        "The objects of the API, as its answers hold them.",
    );
    for object in &made.objects {
        let name = ident(&object.name);
        let doc = docs::text(&object.docs);
        let fields = object.fields.iter().map(|field| {
            let (doc, ident, ty) = (docs::text(&field.docs), ident(&field.ident), &field.ty);
            quote! { #doc pub #ident: #ty, }
        });
        file.items(quote! {
            #doc
            #[derive(Clone, PartialEq, Eq)]
            #[non_exhaustive]
            pub struct #name {
                #( #fields )*
                /// Fields that this version does not know.
                pub extra: Extra,
            }
        })?;
        if let Some(tag) = &object.tag {
            file.items(quote! {
                impl #name {
                    /// What the API calls this type of object in `object`.
                    pub const OBJECT: &'static str = #tag;
                }

                impl v1::ApiObject for #name {
                    const OBJECT: &'static str = #tag;
                }
            })?;
        }
        let id = cursor(object);
        if object.tag.is_some() || id.is_some() {
            file.items(quote! { impl Sealed for #name {} })?;
        }
        if let Some(id) = id {
            file.items(quote! {
                impl Listed for #name {
                    fn cursor(&self) -> &str {
                        #id
                    }
                }
            })?;
        }
        let lines = object.fields.iter().map(line);
        file.lines(&format!("object!({} {{", object.name), lines, "});");
    }
    Ok(file)
}

/// The text of an object's own id, if it has one.
fn cursor(object: &Object) -> Option<proc_macro2::TokenStream> {
    let is_text = |ty: &Ty| matches!(ty, Ty::Text | Ty::Named(_));
    let id = object.fields.iter().find(|field| field.wire == "id")?;
    let ident = ident(&id.ident);
    match id.ty.inside_option() {
        Some(ty) if is_text(ty) => Some(quote! { self.#ident.as_ref().map_or("", AsRef::as_ref) }),
        None if is_text(&id.ty) => Some(quote! { self.#ident.as_ref() }),
        _ => None,
    }
}

/// The line of a field in `object!`.
fn line(field: &Field) -> String {
    let presence = match field.ty.inside_option() {
        Some(_) => "optional",
        None => "required",
    };
    let sensitive = if field.is_sensitive { " sensitive" } else { "" };
    format!("{:?}: {} {presence}{sensitive},", field.wire, field.ident)
}
