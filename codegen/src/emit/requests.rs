//! The requests of a resource, and the methods that make them.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{argument, many};
use super::docs;
use super::file::File;
use super::setters::setters;
use super::surface;
use super::tokens::ident;
use crate::Result;
use crate::engine::Ty;
use crate::model::{AnswerForm, Argument, Crate, Given, Operation, Params, Resource};
use crate::names::pascal;

pub(super) fn file(made: &Crate, resource: &Resource) -> Result<File> {
    let title = match docs::lines(&resource.docs).into_iter().next() {
        Some(first) => first,
        None => format!("The requests of `client.{}()`.", resource.name),
    };
    let mut file = File::new(format!("{}.rs", resource.name), title);
    let ty = ident(&resource.ty);
    let doc = docs::text(&resource.docs);
    let methods = resource
        .operations
        .iter()
        .map(|operation| method(&made.params[operation.params], operation));
    file.items(quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #ty {
            client: v1::Client,
        }
        impl #ty {
            pub(super) fn new(client: v1::Client) -> Self {
                Self { client }
            }
            #( #methods )*
        }
    })?;
    for operation in &resource.operations {
        request(&mut file, made, resource, operation)?;
    }
    Ok(file)
}

/// The method of the resource that makes the request.
fn method(params: &Params, operation: &Operation) -> TokenStream {
    let function = ident(&operation.function);
    let request = ident(&operation.request);
    let constant = ident(&operation.constant);
    let params_ident = ident(&params.name);
    let arguments = operation.arguments.iter().map(|given| {
        let ident = ident(&given.ident);
        match &given.what {
            Given::Path { ty, .. } => argument(&ident, ty),
            Given::Header { .. } => quote! { #ident: impl AsRef<str> },
            Given::Field(index) => argument(&ident, &params.fields[*index].ty),
            Given::Exclusive(..) => TokenStream::new(),
        }
    });
    let many = many(1 + operation.arguments.len());
    let segments = operation.arguments.iter().filter_map(segment);
    let values = operation
        .arguments
        .iter()
        .filter(|given| matches!(given.what, Given::Field(_)))
        .map(|given| {
            let ident = ident(&given.ident);
            quote! { #ident }
        });
    let headers = operation.arguments.iter().filter_map(|given| {
        let ident = ident(&given.ident);
        match &given.what {
            Given::Header { name, .. } => {
                Some(quote! { call.options().header(#name, #ident.as_ref()); })
            }
            _ => None,
        }
    });
    let headers: Vec<TokenStream> = headers.collect();
    let call = quote! { v1::Call::new(&self.client, &#constant) #( #segments )* };
    let params = quote! { params: #params_ident::new(#( #values ),*) };
    let body = match headers.is_empty() {
        true => quote! { #request { call: #call, #params, } },
        false => quote! {
            let mut call = #call;
            #( #headers )*
            #request { call, #params, }
        },
    };
    let doc = method_doc(operation);
    quote! {
        #doc
        #many
        pub fn #function(&self, #( #arguments ),*) -> #request {
            #body
        }
    }
}

/// A parameter of the path, put into its place.
fn segment(given: &Argument) -> Option<TokenStream> {
    let Given::Path { wire, ty } = &given.what else {
        return None;
    };
    let ident = ident(&given.ident);
    let value = match ty {
        Ty::Bool | Ty::Integer => quote! { &#ident.to_string() },
        Ty::Runtime(..) => quote! { &#ident.into().to_string() },
        _ => quote! { #ident.into().as_str() },
    };
    Some(quote! { .path(#wire, #value) })
}

/// The operation's words, its arguments, and the vendor's page.
fn method_doc(operation: &Operation) -> TokenStream {
    let words = [&operation.summary, &operation.description];
    let words: Vec<&str> = words
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(String::as_str)
        .collect();
    let mut text = format!("{}\n", words.join("\n\n"));
    for (index, argument) in operation.arguments.iter().enumerate() {
        // A list item goes on as long as its lines are indented.
        let description = argument
            .docs
            .replace('\n', "\n  ")
            .replace("\n  \n", "\n\n");
        text += if index == 0 { "\n# Arguments\n\n" } else { "" };
        text += &format!("- `{}`: {description}\n", argument.ident);
    }
    if let Some(url) = &operation.reference {
        text += &format!("\nSee the [API reference]({url}).\n");
    }
    docs::text(&text)
}

/// The request's type, its setters and its operation.
fn request(
    file: &mut File,
    made: &Crate,
    resource: &Resource,
    operation: &Operation,
) -> Result<()> {
    let name = ident(&operation.request);
    let params = ident(&made.params[operation.params].name);
    let constant = ident(&operation.constant);
    let called = format!("{}.{}", resource.name, operation.function);
    let doc = docs::text(&format!(
        "The request of [`{}::{}`].",
        resource.ty, operation.function
    ));
    let method = ident(&pascal(&operation.method));
    let path = &operation.path;
    let setters = setters(made, operation);
    let setters = (!setters.is_empty()).then(|| quote! { impl #name { #( #setters )* } });
    file.items(quote! {
        static #constant: v1::Operation =
            v1::Operation::new(&SERVICE, #called, v1::Method::#method, #path);

        #doc
        #[must_use = "a request does nothing until it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(crate) call: v1::Call,
            pub(crate) params: #params,
        }

        #setters
    })?;
    let text = match &operation.answer {
        AnswerForm::Pages(item) => surface::list(&operation.request, &quote! { #item }.to_string()),
        _ => surface::request(operation),
    };
    file.line(&text);
    Ok(())
}
