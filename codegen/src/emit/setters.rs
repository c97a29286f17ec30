//! The setters of a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{argument, stored};
use super::docs;
use super::tokens::ident;
use crate::model::{Crate, Given, Operation, Params, Setter};

/// A setter for everything that a request can be given, and need not.
pub(super) fn setters(made: &Crate, operation: &Operation) -> Vec<TokenStream> {
    let params = &made.params[operation.params];
    let setters = operation.setters.iter();
    setters.map(|setter| one(made, params, setter)).collect()
}

fn one(made: &Crate, params: &Params, setter: &Setter) -> TokenStream {
    let name = ident(&setter.ident);
    match &setter.what {
        Given::Field(index) => {
            let field = &params.fields[*index];
            let doc = docs::text(&field.docs);
            let ident = ident(&field.ident);
            let (argument, value) = (argument(&ident, &field.ty), stored(&ident, &field.ty));
            let cleared = cleared(*index, params);
            quote! {
                #doc
                pub fn #name(mut self, #argument) -> Self {
                    self.params.#ident = #value;
                    #cleared
                    self
                }
            }
        }
        Given::Exclusive(index, inner, position) => {
            let holder = ident(&params.fields[*index].ident);
            let inner = &made.params[*inner];
            let field = &inner.fields[*position];
            let (ty, setter) = (ident(&inner.name), ident(&field.ident));
            let doc = docs::text(&field.docs);
            let argument = argument(&setter, &field.ty);
            let cleared = cleared(*index, params);
            quote! {
                #doc
                pub fn #name(mut self, #argument) -> Self {
                    self.params.#holder = Some(#ty::new().#setter(#setter));
                    #cleared
                    self
                }
            }
        }
        Given::Header { name: header, docs } => {
            let doc = docs::text(docs);
            quote! {
                #doc
                pub fn #name(mut self, value: impl AsRef<str>) -> Self {
                    self.call.options().header(#header, value.as_ref());
                    self
                }
            }
        }
        Given::Path { .. } => TokenStream::new(),
    }
}

/// Clears the fields that cannot be sent together with this one: of its exclusive group, or the other
/// cursor.
fn cleared(index: usize, params: &Params) -> TokenStream {
    let cursors = ["starting_after", "ending_before"];
    let field = &params.fields[index];
    let others = params
        .fields
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index);
    let excluded = others.filter(|(_, other)| match &field.exclusive {
        Some(group) => other.exclusive.as_ref() == Some(group),
        None => {
            params.has_cursors()
                && cursors.contains(&field.wire.as_str())
                && cursors.contains(&other.wire.as_str())
        }
    });
    let excluded = excluded.map(|(_, other)| ident(&other.ident));
    quote! { #( self.params.#excluded = None; )* }
}
