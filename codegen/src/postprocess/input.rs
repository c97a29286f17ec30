//! What progenitor printed, with the document beside it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::names::{is_reserved, pascal_case};

/// Everything that the emitting modules need to know.
pub(super) struct Input<'d> {
    pub(super) document: &'d Value,
    pub(super) structs: BTreeMap<String, Struct>,
    pub(super) enums: BTreeMap<String, Vec<Variant>>,
    pub(super) unions: BTreeMap<String, Vec<Member>>,
    pub(super) operations: Vec<Operation>,
}

/// A type that a union can be.
pub(super) struct Member {
    pub(super) ty: syn::Ident,
    /// What tells it apart.
    pub(super) object: String,
    pub(super) deleted: bool,
}

pub(super) struct Struct {
    pub(super) fields: Vec<Field>,
}

pub(super) struct Field {
    pub(super) ident: syn::Ident,
    /// The name on the wire.
    pub(super) wire: String,
    pub(super) ty: syn::Type,
    /// Whether progenitor lets the field be absent.
    pub(super) optional: bool,
}

pub(super) struct Variant {
    pub(super) ident: syn::Ident,
    /// The text on the wire.
    pub(super) wire: String,
}

pub(super) struct Operation {
    /// The name of the request's type, `RefreshAccount`.
    pub(super) request: String,
    pub(super) resource: String,
    /// The method of the resource, `refresh`.
    pub(super) function: String,
    pub(super) method: String,
    pub(super) path: String,
    /// The path's parameters: their names and types.
    pub(super) arguments: Vec<(syn::Ident, syn::Type)>,
    pub(super) answer: syn::Type,
    /// The operation in the document.
    pub(super) place: Value,
}

impl Input<'_> {
    /// The component of a name, as the normalised document has it, or what took its place.
    pub(super) fn component(&self, name: &str) -> &Value {
        match self.document["components"]["schemas"].get(name) {
            Some(component) => component,
            None => self.document["x-enums"]
                .get(name)
                .unwrap_or(&self.document["x-unions"][name]),
        }
    }

    /// Whether a struct is what is sent, rather than what is answered.
    pub(super) fn is_params(&self, name: &str) -> bool {
        self.component(name)["x-params"] == true
    }

    /// The id types with their descriptions.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.document["x-ids"].as_object().into_iter().flatten()
    }

    /// Whether a generated type has this name.
    fn is_type(&self, name: &str) -> bool {
        self.structs.contains_key(name)
            || self.enums.contains_key(name)
            || self.unions.contains_key(name)
    }

    /// The module in which a generated type of this name stands, if there is one.
    pub(super) fn module_of(&self, name: &str) -> Option<&'static str> {
        if self.enums.contains_key(name) {
            Some("super::enums")
        } else if self.structs.contains_key(name) {
            Some(match self.is_params(name) {
                true => "super::parameters",
                false => "super::objects",
            })
        } else if self.unions.contains_key(name) {
            Some("super::objects")
        } else {
            let is_id = self.document["x-ids"].get(name).is_some();
            is_id.then_some("super::ids")
        }
    }

    /// Whether items of the type can be told by an id.
    pub(super) fn is_listed(&self, ty: &syn::Type) -> bool {
        let syn::Type::Path(path) = ty else {
            return false;
        };
        let Some(name) = path.path.get_ident().map(ToString::to_string) else {
            return false;
        };
        self.unions.contains_key(&name)
            || self
                .structs
                .get(&name)
                .is_some_and(|item| item.id().is_some())
    }

    /// The type of what a search finds, if the operation is one: an answer that is a `search_result` of
    /// items with an id, and a parameter that takes the page it names.
    pub(super) fn searched(&self, operation: &Operation) -> Option<&syn::Type> {
        let params = self.structs.get(&format!("{}Params", operation.request))?;
        let syn::Type::Path(path) = &operation.answer else {
            return None;
        };
        let name = path.path.get_ident()?.to_string();
        let tag = &self.component(&name)["properties"]["object"]["x-tag"];
        let answer = self
            .structs
            .get(&name)
            .filter(|_| *tag == "search_result")?;
        let has = |item: &Struct, wire: &str| item.fields.iter().any(|field| field.wire == wire);
        let is_paged = has(params, "page") && has(answer, "has_more") && has(answer, "next_page");
        let data = answer.fields.iter().find(|field| field.wire == "data")?;
        inner(&data.ty, "Vec").filter(|item| is_paged && self.is_listed(item))
    }

    /// The name of a resource's type: `accounts` is `Accounts`, unless an object has that name or it is
    /// reserved.
    pub(super) fn resource_type(&self, resource: &str) -> syn::Ident {
        let name = pascal_case(resource);
        match self.is_type(&name) || is_reserved(&name) {
            true => format_ident!("{name}Resource"),
            false => format_ident!("{name}"),
        }
    }

    pub(super) fn resources(&self) -> Vec<String> {
        let resources: BTreeSet<_> = self
            .operations
            .iter()
            .map(|operation| operation.resource.clone())
            .collect();
        resources.into_iter().collect()
    }
}

impl Struct {
    /// Whether the parameters are those of a list that is read page by page.
    pub(super) fn has_cursors(&self) -> bool {
        ["starting_after", "ending_before"]
            .iter()
            .all(|cursor| self.fields.iter().any(|field| field.wire == *cursor))
    }

    /// The text of an object's own id, if it has one.
    pub(super) fn id(&self) -> Option<TokenStream> {
        let id = self.fields.iter().find(|field| field.wire == "id")?;
        let is_text =
            |ty: &syn::Type| matches!(ty, syn::Type::Path(path) if path.path.get_ident().is_some());
        match inner(&id.ty, "Option") {
            Some(ty) if is_text(ty) => Some(quote! { self.id.as_ref().map_or("", AsRef::as_ref) }),
            None if is_text(&id.ty) => Some(quote! { self.id.as_ref() }),
            _ => None,
        }
    }
}

/// The type inside `Wrapper<…>`, if it is one.
pub(super) fn inner<'t>(ty: &'t syn::Type, wrapper: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == wrapper)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}
