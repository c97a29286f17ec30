//! Reads progenitor's output back.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, format_ident};
use serde_json::{Map, Value};
use syn::visit_mut::{self, VisitMut};

use super::error::refused;
use super::input::{Field, Input, Member, Operation, Struct, Variant, inner};
use crate::{Pointer, Result};

/// Reads progenitor's output for a document.
pub(super) fn read<'d>(file: &syn::File, document: &'d Value) -> Result<Input<'d>> {
    let root = Pointer::root();
    let mut input = Input {
        document,
        structs: BTreeMap::new(),
        enums: own_enums(document),
        unions: unions(document),
        operations: Vec::new(),
    };
    let types = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let Some((_, types)) = types else {
        return Err(refused(&root, "there is no module `types`"));
    };
    for item in types {
        match item {
            syn::Item::Struct(item) => {
                let name = item.ident.to_string();
                // A struct without properties is printed as a map of anything.
                let schema = &document["components"]["schemas"][&name];
                let is_empty = schema["properties"].as_object().is_none_or(Map::is_empty);
                let fields = if is_empty {
                    Vec::new()
                } else {
                    fields(item, &place(&name))?
                };
                input.structs.insert(name, Struct { fields });
            }
            syn::Item::Enum(item) => {
                let name = item.ident.to_string();
                let variants = item.variants.iter().map(|variant| Variant {
                    wire: Serde::of(&variant.attrs)
                        .rename
                        .unwrap_or_else(|| variant.ident.to_string()),
                    ident: variant.ident.clone(),
                });
                input.enums.insert(name, variants.collect());
            }
            _ => {}
        }
    }
    let methods: BTreeMap<String, &syn::Signature> = file
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
            _ => None,
        })
        .flatten()
        .filter_map(|item| match item {
            syn::ImplItem::Fn(function) if function.sig.asyncness.is_some() => {
                Some((function.sig.ident.to_string(), &function.sig))
            }
            _ => None,
        })
        .collect();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let at = Pointer::from(["paths", path, method]);
            input
                .operations
                .push(read_operation(&at, operation, &methods)?);
        }
    }
    check_complete(&input)?;
    Ok(input)
}

/// The enums that were kept from progenitor, since it could not name their values.
fn own_enums(document: &Value) -> BTreeMap<String, Vec<Variant>> {
    let enums = document["x-enums"].as_object().into_iter().flatten();
    enums
        .map(|(name, place)| {
            let values = place["values"].as_array().into_iter().flatten();
            let variants = values.filter_map(|value| {
                let (name, wire) = (value[0].as_str()?, value[1].as_str()?);
                Some(Variant {
                    ident: format_ident!("{name}"),
                    wire: wire.to_owned(),
                })
            });
            (name.clone(), variants.collect())
        })
        .collect()
}

fn unions(document: &Value) -> BTreeMap<String, Vec<Member>> {
    let unions = document["x-unions"].as_object().into_iter().flatten();
    unions
        .map(|(name, place)| {
            let members = place["members"].as_array().into_iter().flatten();
            let members = members.filter_map(|member| {
                Some(Member {
                    ty: format_ident!("{}", member["type"].as_str()?),
                    object: member["object"].as_str()?.to_owned(),
                    deleted: member["deleted"] == true,
                })
            });
            (name.clone(), members.collect())
        })
        .collect()
}

/// Progenitor drops nothing, or it is an error here.
fn check_complete(input: &Input<'_>) -> Result<()> {
    for (name, schema) in input.document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let at = place(name);
        let printed: BTreeSet<&str> = match (input.structs.get(name), input.enums.get(name)) {
            (Some(item), _) => item
                .fields
                .iter()
                .map(|field| field.wire.as_str())
                .collect(),
            (_, Some(variants)) => variants
                .iter()
                .map(|variant| variant.wire.as_str())
                .collect(),
            _ => {
                return Err(refused(
                    &at,
                    "the generator printed no type for this schema",
                ));
            }
        };
        let properties = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str());
        let values = schema["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let demanded: BTreeSet<&str> = properties.chain(values).collect();
        if demanded != printed {
            return Err(refused(
                &at,
                format!("the schema has {demanded:?}, the generated type {printed:?}"),
            ));
        }
    }
    Ok(())
}

fn read_operation(
    at: &Pointer,
    place: &Value,
    methods: &BTreeMap<String, &syn::Signature>,
) -> Result<Operation> {
    let id = place["operationId"].as_str().unwrap_or_default();
    let [_, path, method] = at.segments() else {
        return Err(refused(at, "not the place of an operation"));
    };
    let (resource, function) = place["x-rust"]
        .as_str()
        .and_then(|rust| rust.split_once('.'))
        .unwrap_or_default();
    let Some(signature) = methods.get(id) else {
        return Err(refused(at, format!("there is no method `{id}`")));
    };
    let mut arguments = Vec::new();
    for argument in &signature.inputs {
        let syn::FnArg::Typed(argument) = argument else {
            continue;
        };
        let (syn::Pat::Ident(name), syn::Type::Reference(ty)) = (&*argument.pat, &*argument.ty)
        else {
            return Err(refused(
                at,
                format!(
                    "the argument `{}` is no reference",
                    argument.to_token_stream()
                ),
            ));
        };
        if name.ident != "body" {
            // A text is borrowed as `str`, and taken as what becomes a `String`.
            let ty = match plain(&ty.elem) {
                syn::Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
                ty => ty,
            };
            arguments.push((name.ident.clone(), ty));
        }
    }
    let syn::ReturnType::Type(_, result) = &signature.output else {
        return Err(refused(at, "it answers nothing"));
    };
    let answer = inner(result, "Result").and_then(|response| inner(response, "ResponseValue"));
    let Some(answer) = answer else {
        return Err(refused(at, "it does not answer a value"));
    };
    Ok(Operation {
        request: place["x-name"].as_str().unwrap_or_default().to_owned(),
        resource: resource.to_owned(),
        function: function.to_owned(),
        method: method.clone(),
        path: path.clone(),
        arguments,
        answer: plain(answer),
        place: place.clone(),
    })
}

fn fields(item: &syn::ItemStruct, at: &Pointer) -> Result<Vec<Field>> {
    let syn::Fields::Named(fields) = &item.fields else {
        return Err(refused(
            at,
            format!("`{}` is not a struct of named fields", item.ident),
        ));
    };
    let fields = fields.named.iter().filter_map(|field| {
        let ident = field.ident.clone()?;
        let serde = Serde::of(&field.attrs);
        let wire = serde.rename.unwrap_or_else(|| ident.to_string());
        Some(Field {
            ident,
            wire,
            ty: plain(&field.ty),
            optional: serde.optional,
        })
    });
    Ok(fields.collect())
}

/// What the `serde` attributes of a field or a variant say.
#[derive(Default)]
struct Serde {
    rename: Option<String>,
    optional: bool,
}

impl Serde {
    fn of(attributes: &[syn::Attribute]) -> Self {
        let mut serde = Self::default();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"))
        {
            // An attribute of a form that is not expected shows in the names, which are checked.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    serde.rename = Some(meta.value()?.parse::<syn::LitStr>()?.value());
                } else {
                    serde.optional |= meta.path.is_ident("skip_serializing_if");
                    if let Ok(value) = meta.value() {
                        value.parse::<syn::Expr>()?;
                    }
                }
                Ok(())
            });
        }
        serde
    }
}

fn place(component: &str) -> Pointer {
    Pointer::from(["components", "schemas", component])
}

/// The type with every path cut to its last segment: `::std::option::Option<types::A>` is `Option<A>`.
fn plain(ty: &syn::Type) -> syn::Type {
    struct Plain;
    impl VisitMut for Plain {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            if let Some(last) = path.segments.last().cloned() {
                path.leading_colon = None;
                path.segments = [last].into_iter().collect();
            }
            visit_mut::visit_path_mut(self, path);
        }
    }
    let mut ty = ty.clone();
    Plain.visit_type_mut(&mut ty);
    ty
}
