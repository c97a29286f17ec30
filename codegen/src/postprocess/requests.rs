//! The requests of a resource, and the methods that make them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::arguments::{argument, is_required, many, stored};
use super::docs;
use super::error::refused;
use super::file::File;
use super::input::{Field, Input, Operation, Struct, inner};
use super::surface;
use crate::names::{pascal_case, snake_case};
use crate::{Pointer, Result};

pub(super) fn file(input: &Input<'_>, resource: &str) -> Result<File> {
    let description = input.document["x-resources"][resource]
        .as_str()
        .unwrap_or_default();
    let first = description.lines().next().map(str::to_owned);
    let title = first.unwrap_or_else(|| format!("The requests of `client.{resource}()`."));
    let mut file = File::new(format!("{resource}.rs"), title);
    let operations = || {
        input
            .operations
            .iter()
            .filter(|operation| operation.resource == resource)
    };
    let ident = input.resource_type(resource);
    let doc = docs::text(description);
    let methods = operations()
        .map(|operation| method(input, operation))
        .collect::<Result<Vec<_>>>()?;
    file.items(quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #ident {
            client: v1::Client,
        }
        impl #ident {
            pub(super) fn new(client: v1::Client) -> Self {
                Self { client }
            }
            #( #methods )*
        }
    })?;
    for operation in operations() {
        request(&mut file, input, operation)?;
    }
    Ok(file)
}

/// The method of the resource that makes the request.
fn method(input: &Input<'_>, operation: &Operation) -> Result<TokenStream> {
    let params = params_of(input, operation)?;
    let function = format_ident!("{}", operation.function);
    let request = format_ident!("{}", operation.request);
    let constant = constant(operation);
    let params_ident = format_ident!("{}Params", operation.request);
    let path_arguments = operation
        .arguments
        .iter()
        .map(|(name, ty)| quote! { #name: impl Into<#ty> });
    let arguments: Vec<TokenStream> = params
        .fields
        .iter()
        .filter(|field| is_required(field))
        .map(argument)
        .collect();
    let many = many(1 + operation.arguments.len() + arguments.len());
    let values = params
        .fields
        .iter()
        .filter(|field| is_required(field))
        .map(|field| {
            let ident = &field.ident;
            quote! { #ident }
        });
    let segments = operation.arguments.iter().map(|(name, _)| {
        // A name that is a word of Rust's, or holds what no name can, differs from that in the path.
        let is_this =
            |wire: &&str| syn::parse_str::<syn::Ident>(wire).is_ok_and(|ident| ident == *name);
        let names = operation.place["parameters"]
            .as_array()
            .into_iter()
            .flatten();
        let wire = names
            .filter_map(|place| place["name"].as_str())
            .find(is_this);
        let wire = wire.map_or_else(
            || name.to_string().trim_end_matches('_').to_owned(),
            str::to_owned,
        );
        quote! { .path(#wire, #name.into().as_str()) }
    });
    let doc = method_doc(input, operation, params);
    Ok(quote! {
        #doc
        #many
        pub fn #function(&self, #( #path_arguments, )* #( #arguments ),*) -> #request {
            #request {
                call: v1::Call::new(&self.client, &#constant) #( #segments )*,
                params: #params_ident::new(#( #values ),*),
            }
        }
    })
}

/// The operation's words, its arguments, and the vendor's page.
fn method_doc(input: &Input<'_>, operation: &Operation, params: &Struct) -> TokenStream {
    let part = |name: &str| operation.place[name].as_str().unwrap_or_default();
    let properties = &input.component(&format!("{}Params", operation.request))["properties"];
    let path = operation
        .arguments
        .iter()
        .enumerate()
        .map(|(index, (name, _))| (name, &operation.place["parameters"][index]["description"]));
    let body = params
        .fields
        .iter()
        .filter(|field| is_required(field))
        .map(|field| (&field.ident, &properties[&field.wire]["description"]));
    let words = [part("summary"), part("description")];
    let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
    let mut text = format!("{}\n", words.join("\n\n"));
    for (index, (name, description)) in path.chain(body).enumerate() {
        // A list item goes on as long as its lines are indented.
        let description = description
            .as_str()
            .unwrap_or_default()
            .replace('\n', "\n  ")
            .replace("\n  \n", "\n\n");
        text += if index == 0 { "\n# Arguments\n\n" } else { "" };
        text += &format!("- `{name}`: {description}\n");
    }
    if let Some(url) = operation.place["externalDocs"]["url"].as_str() {
        text += &format!("\nSee the [API reference]({url}).\n");
    }
    docs::text(&text)
}

/// The request's type, its setters and its operation.
fn request(file: &mut File, input: &Input<'_>, operation: &Operation) -> Result<()> {
    let params = params_of(input, operation)?;
    let ident = format_ident!("{}", operation.request);
    let params_ident = format_ident!("{}Params", operation.request);
    let constant = constant(operation);
    let name = format!("{}.{}", operation.resource, operation.function);
    let doc = docs::text(&format!(
        "The request of [`{}::{}`].",
        input.resource_type(&operation.resource),
        operation.function
    ));
    let method = format_ident!("{}", pascal_case(&operation.method));
    let path = &operation.path;
    let setters = setters(input, operation, params)?;
    let setters = (!setters.is_empty()).then(|| quote! { impl #ident { #( #setters )* } });
    file.items(quote! {
        static #constant: v1::Operation =
            v1::Operation::new(&SERVICE, #name, v1::Method::#method, #path);

        #doc
        #[must_use = "a request does nothing until it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #ident {
            pub(crate) call: v1::Call,
            pub(crate) params: #params_ident,
        }

        #setters
    })?;
    let answer = &operation.answer;
    let text = match inner(answer, "List") {
        Some(item) if params.has_cursors() && input.is_listed(item) => {
            surface::list(&operation.request, &quote! { #item }.to_string())
        }
        _ => {
            let answer = quote! { #answer }.to_string().replace(' ', "");
            match input.searched(operation) {
                Some(item) => {
                    let item = quote! { #item }.to_string();
                    surface::search(&operation.request, &answer, &item)
                }
                None => surface::request(&operation.request, &answer, &operation.method),
            }
        }
    };
    file.line(&text);
    Ok(())
}

/// A setter for everything that is not required.
fn setters(input: &Input<'_>, operation: &Operation, params: &Struct) -> Result<Vec<TokenStream>> {
    let place = input.component(&format!("{}Params", operation.request));
    let mut setters = Vec::new();
    for field in params.fields.iter().filter(|field| !is_required(field)) {
        let property = &place["properties"][&field.wire];
        let cleared = excluded_by(field, params, place);
        let cleared = quote! { #( self.params.#cleared = None; )* };
        let (ident, value) = (&field.ident, stored(field));
        match exclusive_struct(input, field) {
            Some((ty, inner)) => setters.extend(inner.fields.iter().map(|inner| {
                let doc = docs::of(&input.component(&ty.to_string())["properties"][&inner.wire]);
                let (name, argument) = (&inner.ident, argument(inner));
                quote! {
                    #doc
                    pub fn #name(mut self, #argument) -> Self {
                        self.params.#ident = Some(#ty::new().#name(#name));
                        #cleared
                        self
                    }
                }
            })),
            None => {
                let (doc, argument, name) =
                    (docs::of(property), argument(field), setter_name(ident));
                setters.push(quote! {
                    #doc
                    pub fn #name(mut self, #argument) -> Self {
                        self.params.#ident = #value;
                        #cleared
                        self
                    }
                });
            }
        }
    }
    Ok(setters)
}

/// The fields that cannot be sent together with this one: of its `x-exclusive` group, or the other
/// cursor.
fn excluded_by<'p>(field: &Field, params: &'p Struct, place: &Value) -> Vec<&'p syn::Ident> {
    let group = |wire: &str| place["properties"][wire]["x-exclusive"].as_str();
    let others = params
        .fields
        .iter()
        .filter(|other| other.wire != field.wire);
    let cursors = ["starting_after", "ending_before"];
    others
        .filter(|other| match group(&field.wire) {
            Some(own) => group(&other.wire) == Some(own),
            None => {
                cursors.contains(&field.wire.as_str()) && cursors.contains(&other.wire.as_str())
            }
        })
        .map(|other| &other.ident)
        .collect()
}

/// The struct of a field whose properties exclude one another: each is set on the request itself.
fn exclusive_struct<'i>(input: &'i Input<'_>, field: &Field) -> Option<(syn::Ident, &'i Struct)> {
    let syn::Type::Path(path) = inner(&field.ty, "Option")? else {
        return None;
    };
    let ident = path.path.get_ident()?;
    let name = ident.to_string();
    input.component(&name)["x-exclusive"]
        .is_string()
        .then_some((ident.clone(), input.structs.get(&name)?))
}

/// A parameter that is called like a method of every request is set by one with `_` behind.
fn setter_name(field: &syn::Ident) -> syn::Ident {
    match surface::METHODS.iter().any(|method| field == method) {
        true => format_ident!("{field}_"),
        false => field.clone(),
    }
}

fn constant(operation: &Operation) -> syn::Ident {
    format_ident!("{}", snake_case(&operation.request).to_uppercase())
}

fn params_of<'i>(input: &'i Input<'_>, operation: &Operation) -> Result<&'i Struct> {
    let name = format!("{}Params", operation.request);
    let at = Pointer::from(["components", "schemas", &name]);
    input
        .structs
        .get(&name)
        .ok_or_else(|| refused(&at, "the generator printed no struct for the parameters"))
}
