//! The objects of answers.

use quote::{format_ident, quote};
use serde_json::Value;

use super::docs;
use super::error::refused;
use super::file::File;
use super::input::{Field, Input, inner};
use crate::{Pointer, Result};

pub(super) fn file(input: &Input<'_>) -> Result<File> {
    let mut file = File::new(
        "objects.rs",
        "The objects of the API, as its answers hold them.",
    );
    for (name, item) in input
        .structs
        .iter()
        .filter(|(name, _)| !input.is_params(name))
    {
        let place = input.component(name);
        let at = Pointer::from(["components", "schemas", name]);
        let ident = format_ident!("{name}");
        let doc = docs::of(place);
        let fields = item.fields.iter().map(|field| {
            let (doc, ident, ty) = (
                docs::of(&place["properties"][&field.wire]),
                &field.ident,
                &field.ty,
            );
            quote! { #doc pub #ident: #ty, }
        });
        file.items(quote! {
            #doc
            #[derive(Clone, PartialEq, Eq)]
            #[non_exhaustive]
            pub struct #ident {
                #( #fields )*
                /// Fields that this version does not know.
                pub extra: Extra,
            }
        })?;
        let (tag, id) = (place["properties"]["object"]["x-tag"].as_str(), item.id());
        if let Some(tag) = tag {
            file.items(quote! {
                impl #ident {
                    /// What the API calls this type of object in `object`.
                    pub const OBJECT: &'static str = #tag;
                }

                impl v1::ApiObject for #ident {
                    const OBJECT: &'static str = #tag;
                }
            })?;
        }
        if tag.is_some() || id.is_some() {
            file.items(quote! { impl Sealed for #ident {} })?;
        }
        if let Some(id) = id {
            file.items(quote! {
                impl Listed for #ident {
                    fn cursor(&self) -> &str {
                        #id
                    }
                }
            })?;
        }
        let lines = item
            .fields
            .iter()
            .map(|field| line(field, place, &at))
            .collect::<Result<Vec<_>>>()?;
        file.lines(&format!("object!({name} {{"), lines, "});");
    }
    Ok(file)
}

/// The line of a field in `object!`.
fn line(field: &Field, place: &Value, at: &Pointer) -> Result<String> {
    let required = place["required"]
        .as_array()
        .is_some_and(|required| required.iter().any(|name| *name == *field.wire));
    let presence = match (inner(&field.ty, "Option"), required) {
        (Some(_), false) => "optional",
        (None, true) => "required",
        _ => {
            let at = at.join("properties").join(&field.wire);
            return Err(refused(
                &at,
                "whether the field may be absent is not what the document says",
            ));
        }
    };
    let sensitive = if place["properties"][&field.wire]["x-sensitive"] == true {
        " sensitive"
    } else {
        ""
    };
    Ok(format!(
        "{:?}: {} {presence}{sensitive},",
        field.wire, field.ident
    ))
}
