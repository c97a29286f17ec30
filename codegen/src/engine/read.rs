//! Taking progenitor's decisions out of what it made.
//!
//! The types come from its type space; the arguments and the answer of an operation from the signature
//! that it printed.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use typify_impl::{TypeDetails, TypeSpace};

use super::error::refused;
use super::ty::Ty;
use crate::Result;
use crate::lower::{Table, type_id};

/// What progenitor decides about a document.
#[derive(Clone, Debug)]
pub(crate) struct Decisions {
    /// The shape of every component, by its name.
    pub(crate) types: BTreeMap<String, Shape>,
    /// The signature of every operation, in the order of the table.
    pub(crate) operations: Vec<Option<Signature>>,
}

/// The shape of a component.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A struct, with its fields in the order of the table.
    Struct(Vec<FieldDecision>),
    /// An enum with so many values.
    Enum(usize),
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub(crate) struct FieldDecision {
    pub(crate) ty: Ty,
    /// Whether it may be absent.
    pub(crate) optional: bool,
}

/// What an operation takes and answers.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) arguments: Vec<Ty>,
    pub(crate) params: Ty,
    pub(crate) answer: Ty,
}

/// Reads them.
pub(super) fn read(tokens: &TokenStream, space: &TypeSpace, table: &Table) -> Result<Decisions> {
    let file: syn::File = syn::parse2(tokens.clone())
        .map_err(|error| refused(format!("progenitor's output is not Rust: {error}")))?;
    let mut found: BTreeMap<String, typify_impl::Type<'_>> = space
        .iter_types()
        .filter(|ty| {
            matches!(
                ty.details(),
                TypeDetails::Struct(_) | TypeDetails::Enum(_) | TypeDetails::Newtype(_)
            )
        })
        .map(|ty| (ty.name(), ty))
        .collect();
    let mut types = BTreeMap::new();
    for (number, component) in table.types.iter().enumerate() {
        let Some(ty) = found.remove(&type_id(number)) else {
            return Err(refused(format!(
                "there is no type for `{}`",
                component.name
            )));
        };
        types.insert(component.name.clone(), shape(&ty, space, table, number)?);
    }
    let signatures: BTreeMap<String, &syn::Signature> = methods(&file)
        .map(|signature| (signature.ident.to_string(), signature))
        .collect();
    let operations = (0..table.operations.len()).map(|number| {
        let signature = signatures.get(&format!("o{number}"));
        signature.map(|it| read_signature(it, table)).transpose()
    });
    Ok(Decisions {
        types,
        operations: operations.collect::<Result<_>>()?,
    })
}

fn shape(
    ty: &typify_impl::Type<'_>,
    space: &TypeSpace,
    table: &Table,
    number: usize,
) -> Result<Shape> {
    let component = &table.types[number];
    match ty.details() {
        TypeDetails::Enum(details) => Ok(Shape::Enum(details.variants().count())),
        TypeDetails::Struct(details) => {
            let mut fields: Vec<Option<FieldDecision>> = vec![None; component.fields.len()];
            for property in details.properties_info() {
                let index = property
                    .name
                    .strip_prefix('f')
                    .and_then(|it| it.parse().ok());
                let place = index.and_then(|index: usize| fields.get_mut(index));
                let Some(place) = place else {
                    return Err(refused(format!(
                        "`{}` has a field that the document does not have",
                        component.name
                    )));
                };
                let printed = space
                    .get_type(&property.type_id)
                    .map_err(|error| refused(format!("a field has no type: {error}")))?
                    .ident();
                let printed = syn::parse2(printed)
                    .map_err(|error| refused(format!("a type is not Rust: {error}")))?;
                *place = Some(FieldDecision {
                    ty: Ty::read(&printed, table)?,
                    optional: !property.required,
                });
            }
            let fields: Option<Vec<_>> = fields.into_iter().collect();
            fields.map(Shape::Struct).ok_or_else(|| {
                refused(format!(
                    "`{}` lacks a field of the document",
                    component.name
                ))
            })
        }
        // What has no properties is a map of anything.
        TypeDetails::Newtype(_) if component.fields.is_empty() && component.values.is_empty() => {
            Ok(Shape::Struct(Vec::new()))
        }
        _ => Err(refused(format!(
            "`{}` is neither a struct nor an enum",
            component.name
        ))),
    }
}

/// The methods of progenitor's client that send a request.
fn methods(file: &syn::File) -> impl Iterator<Item = &syn::Signature> {
    let items = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    items.flatten().filter_map(|item| match item {
        syn::ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(&function.sig),
        _ => None,
    })
}

fn read_signature(signature: &syn::Signature, table: &Table) -> Result<Signature> {
    let mut arguments = Vec::new();
    let mut params = None;
    for argument in &signature.inputs {
        let syn::FnArg::Typed(argument) = argument else {
            continue;
        };
        let ty = Ty::read(&argument.ty, table)?;
        match &*argument.pat {
            syn::Pat::Ident(name) if name.ident == "body" => params = Some(ty),
            _ => arguments.push(ty),
        }
    }
    let (Some(params), syn::ReturnType::Type(_, result)) = (params, &signature.output) else {
        return Err(refused(format!(
            "`{}` lacks its parameters or its answer",
            signature.ident
        )));
    };
    let answer = argument_of(result, "Result").and_then(|it| argument_of(it, "ResponseValue"));
    let Some(answer) = answer else {
        return Err(refused(format!(
            "`{}` does not answer a value",
            signature.ident
        )));
    };
    Ok(Signature {
        arguments,
        params,
        answer: Ty::read(answer, table)?,
    })
}

/// The first argument of `Wrapper<…>`.
fn argument_of<'t>(ty: &'t syn::Type, wrapper: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == wrapper)?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}
