//! The parameters of requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{argument, conversion, many, stored};
use super::docs;
use super::file::File;
use super::tokens::ident;
use crate::Result;
use crate::engine::Ty;
use crate::model::{AnswerForm, Crate, Field, Params};

pub(super) fn file(made: &Crate) -> Result<File> {
    let mut file = File::new(
        "parameters.rs",
        "The parameters of the requests. Those that are required are given to `new`.",
    );
    for (index, params) in made.params.iter().enumerate() {
        declaration(&mut file, params)?;
        macros(&mut file, params);
        if params.has_cursors() {
            file.line(&format!("list_params!({});", params.name));
        } else if is_search(made, index) {
            file.line(&format!("search_params!({});", params.name));
        }
    }
    Ok(file)
}

fn declaration(file: &mut File, params: &Params) -> Result<()> {
    let name = ident(&params.name);
    let doc = docs::text(&params.docs);
    // The parameters of a whole request are set through the request, and only seen by it.
    let visibility = if params.is_request {
        quote! { pub(crate) }
    } else {
        quote! { pub }
    };
    let non_exhaustive = (!params.is_request).then(|| quote! { #[non_exhaustive] });
    let fields = params.fields.iter().map(|field| {
        let (doc, ident, ty) = (docs::text(&field.docs), ident(&field.ident), &field.ty);
        quote! { #doc #visibility #ident: #ty, }
    });
    let has_required = params.fields.iter().any(Field::is_required);
    // One attribute for every method, since each returns the whole.
    let must_use = (!params.is_request).then(|| {
        quote! { #[must_use = "parameters do nothing until a request is given them"] }
    });
    let default = (!has_required).then(|| quote! { Default, });
    file.items(quote! {
        #doc
        #[derive(Clone, Debug, #default PartialEq, Eq)]
        #non_exhaustive
        #must_use
        #visibility struct #name {
            #( #fields )*
        }
    })?;
    file.items(methods(params, &name, &visibility))
}

/// How the parameters are sent.
fn macros(file: &mut File, params: &Params) {
    let lines = |in_query: bool| {
        let fields = params
            .fields
            .iter()
            .filter(move |field| field.in_query == in_query);
        fields.map(|field| {
            let presence = if field.is_required() {
                "required"
            } else {
                "optional"
            };
            format!("{:?}: {} {presence},", field.wire, field.ident)
        })
    };
    let name = &params.name;
    file.lines(&format!("params!({name} {{"), lines(false), "});");
    if params.is_json {
        file.lines(&format!("json_params!({name} {{"), lines(false), "});");
    }
    if params.is_request && (params.is_json || params.fields.iter().any(|field| field.in_query)) {
        file.lines(&format!("query_params!({name} {{"), lines(true), "});");
    }
}

/// Whether these are the parameters of a search.
fn is_search(made: &Crate, params: usize) -> bool {
    let operations = made.resources.iter().flat_map(|it| &it.operations);
    let mut searches =
        operations.filter(|operation| matches!(operation.answer, AnswerForm::Search(..)));
    searches.any(|operation| operation.params == params)
}

fn methods(params: &Params, name: &syn::Ident, visibility: &TokenStream) -> TokenStream {
    let arguments: Vec<TokenStream> = params
        .fields
        .iter()
        .filter(|field| field.is_required())
        .map(|field| argument(&ident(&field.ident), &field.ty))
        .collect();
    let many = many(arguments.len());
    let values = params.fields.iter().map(|field| {
        let ident = ident(&field.ident);
        let value = match &field.ty {
            _ if field.is_required() => conversion(&ident, &field.ty),
            Ty::Option(_) => quote! { None },
            Ty::Map(_) => quote! { BTreeMap::new() },
            _ => quote! { Vec::new() },
        };
        field_value(&ident, &value)
    });
    let setters = params
        .fields
        .iter()
        .filter(|field| !params.is_request && !field.is_required())
        .map(|field| {
            let doc = docs::text(&field.docs);
            let ident = ident(&field.ident);
            let (argument, value) = (argument(&ident, &field.ty), stored(&ident, &field.ty));
            // Properties that exclude one another replace one another.
            let rest = match params.is_exclusive {
                true => quote! { Self::new() },
                false => quote! { self },
            };
            let value = field_value(&ident, &value);
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
