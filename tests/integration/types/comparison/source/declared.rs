//! What the generated files declare.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Field, Lines, is_object};

/// What the files declare.
#[derive(Default)]
pub(super) struct Source {
    pub(super) ids: BTreeSet<String>,
    /// Structs and enums that are types of the API.
    pub(super) types: BTreeSet<String>,
    /// The fields of every struct.
    pub(super) structs: BTreeMap<String, BTreeMap<String, syn::Type>>,
}

impl Source {
    pub(super) fn declare(&mut self, file: &syn::File) -> syn::Result<()> {
        for item in &file.items {
            match item {
                syn::Item::Enum(item) => {
                    self.types.insert(item.ident.to_string());
                }
                syn::Item::Struct(item) => {
                    let fields = item.fields.iter().filter_map(|field| {
                        Some((field.ident.as_ref()?.to_string(), field.ty.clone()))
                    });
                    self.structs
                        .insert(item.ident.to_string(), fields.collect());
                }
                syn::Item::Macro(item) if item.mac.path.is_ident("id") => {
                    let id: syn::Ident = item.mac.parse_body()?;
                    self.ids.insert(id.to_string());
                }
                syn::Item::Macro(item) if is_object(&item.mac) => {
                    let lines: Lines<Field> = item.mac.parse_body()?;
                    self.types.insert(lines.name.to_string());
                }
                _ => {}
            }
        }
        Ok(())
    }
}
