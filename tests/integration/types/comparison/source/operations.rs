//! The operations: the methods of the resources, and what they send and answer.

use std::collections::BTreeMap;

use syn::parse::{Parse, ParseStream};
use syn::visit::Visit;
use syn::{Ident, Token};

use super::declared::Source;
use super::lines::literal;
use super::rust_type;
use crate::comparison::facts::Facts;

/// `Request => Answer, method`
struct Answer {
    request: Ident,
    answer: syn::Type,
    method: Option<Ident>,
}

impl Parse for Answer {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let request = input.parse()?;
        input.parse::<Token![=>]>()?;
        let answer = input.parse()?;
        let method = input.parse::<Option<Token![,]>>()?.map(|_| input.parse());
        Ok(Self {
            request,
            answer,
            method: method.transpose()?,
        })
    }
}

pub(super) fn say(
    source: &Source,
    files: &BTreeMap<&str, syn::File>,
    facts: &mut Facts,
) -> syn::Result<()> {
    for file in files.values() {
        let mut statics = BTreeMap::new();
        let mut answers = BTreeMap::new();
        for item in &file.items {
            match item {
                syn::Item::Static(item) => {
                    statics.insert(item.ident.to_string(), metadata(&item.expr));
                }
                syn::Item::Macro(item) if item.mac.path.is_ident("request") => {
                    let answer: Answer = item.mac.parse_body()?;
                    answers.insert(answer.request.to_string(), (answer, false));
                }
                syn::Item::Macro(item) if item.mac.path.is_ident("list_request") => {
                    let answer: Answer = item.mac.parse_body()?;
                    answers.insert(answer.request.to_string(), (answer, true));
                }
                _ => {}
            }
        }
        for item in &file.items {
            let syn::Item::Impl(item) = item else {
                continue;
            };
            let resource = rust_type::parts(&item.self_ty).0.to_lowercase();
            for function in &item.items {
                let syn::ImplItem::Fn(function) = function else {
                    continue;
                };
                let mut call = CallVisitor::default();
                call.visit_block(&function.block);
                let Some(operation) = call.operation.as_ref().and_then(|name| statics.get(name))
                else {
                    continue;
                };
                let place = operation["name"].clone();
                facts.say(
                    &place,
                    "function",
                    format!("{resource}.{}", function.sig.ident),
                );
                facts.say(&place, "method", operation["method"].to_lowercase());
                facts.say(&place, "path", &operation["path"]);
                arguments(source, &place, function, &call.path, facts);
                let syn::ReturnType::Type(_, request) = &function.sig.output else {
                    continue;
                };
                let (request, _) = rust_type::parts(request);
                if let Some((answer, is_list)) = answers.get(&request) {
                    answered(source, &place, answer, *is_list, facts);
                }
                if let Some(params) = source.structs.get(&request).and_then(|it| it.get("params")) {
                    let params = rust_type::parts(params).0;
                    encoding(&place, &operation["method"], &params, facts);
                    facts.say(&place, "parameters", params);
                }
            }
        }
    }
    Ok(())
}

/// The fields of `Operation { … }`.
fn metadata(expression: &syn::Expr) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    if let syn::Expr::Struct(expression) = expression {
        for field in &expression.fields {
            let value = match &field.expr {
                syn::Expr::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
                other => Some(literal(other)),
            };
            if let syn::Member::Named(name) = &field.member {
                fields.insert(name.to_string(), value.unwrap_or_default());
            }
        }
    }
    fields
}

/// Finds `Call::new(_, &OPERATION)` and each `.path("name", _)`.
#[derive(Default)]
struct CallVisitor {
    operation: Option<String>,
    path: Vec<String>,
}

impl<'ast> Visit<'ast> for CallVisitor {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Some(syn::Expr::Reference(reference)) = call.args.last()
            && let syn::Expr::Path(path) = &*reference.expr
            && call.args.len() == 2
        {
            self.operation = path.path.get_ident().map(ToString::to_string);
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "path"
            && let Some(name) = call.args.first()
        {
            self.path.push(literal(name));
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

fn arguments(
    source: &Source,
    place: &str,
    function: &syn::ImplItemFn,
    path: &[String],
    facts: &mut Facts,
) {
    for argument in &function.sig.inputs {
        let syn::FnArg::Typed(argument) = argument else {
            continue;
        };
        let syn::Pat::Ident(name) = &*argument.pat else {
            continue;
        };
        let name = name.ident.to_string();
        if !path.contains(&name) {
            facts.say(place, "argument", name);
            continue;
        }
        let place = format!("{place}{{{name}}}");
        for (keyword, value) in [
            ("explode", "false"),
            ("in", "path"),
            ("required", "true"),
            ("style", "simple"),
        ] {
            facts.say(&place, keyword, value);
        }
        if let Some(id) = into(&argument.ty) {
            rust_type::say(source, &place, &id, facts);
        }
    }
}

/// The `T` of `impl Into<T>`.
fn into(of: &syn::Type) -> Option<syn::Type> {
    let syn::Type::ImplTrait(of) = of else {
        return None;
    };
    of.bounds.iter().find_map(|bound| {
        let syn::TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let path = syn::Type::Path(syn::TypePath {
            qself: None,
            path: bound.path.clone(),
        });
        rust_type::parts(&path).1.into_iter().next()
    })
}

fn answered(source: &Source, place: &str, answer: &Answer, is_list: bool, facts: &mut Facts) {
    let at = format!("{place}>200");
    facts.say(&at, "media type", "application/json");
    if is_list {
        rust_type::list(source, &at, &answer.answer, facts);
        facts.say(place, "sent as", "get");
    } else {
        rust_type::say(source, &at, &answer.answer, facts);
        let method = answer.method.as_ref().map(ToString::to_string);
        facts.say(place, "sent as", method.unwrap_or_default());
    }
}

/// How the form encoder writes each parameter: `name=` for one value, `name[…]=` for several.
fn encoding(place: &str, method: &str, params: &str, facts: &mut Facts) {
    let is_query = method == "Get";
    if !is_query {
        facts.say(place, "body", "application/x-www-form-urlencoded");
    }
    let fields: Vec<String> = facts.fields(params).map(str::to_owned).collect();
    for field in fields {
        let of = format!("{params}.{field}");
        let kind = match facts.one(&of, "ref") {
            Some(name) => facts.one(name, "type"),
            None => facts.one(&of, "type"),
        };
        let is_deep = !matches!(kind, Some("boolean" | "integer" | "string"));
        let at = format!("{place}?{field}");
        facts.say(&at, "in", if is_query { "query" } else { "body" });
        if is_query || is_deep {
            facts.say(&at, "explode", "true");
            facts.say(&at, "style", if is_deep { "deepObject" } else { "form" });
        }
    }
}
