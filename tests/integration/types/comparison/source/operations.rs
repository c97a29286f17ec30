//! The operations: the methods of the resources, and what they send and answer.

use std::collections::BTreeMap;

use syn::visit::Visit;

use super::declared::Source;
use super::lines::literal;
use super::rust_type;
use crate::comparison::facts::Facts;

/// What the `impl` of a request says of its response.
#[derive(Default)]
struct Answer {
    /// The `T` of the future that `send` returns.
    answer: Option<syn::Type>,
    /// Whether it goes through the request of a list, page by page.
    is_list: bool,
    has_idempotency_key: bool,
}

impl Answer {
    fn add(&mut self, item: &syn::ItemImpl) {
        for function in &item.items {
            let syn::ImplItem::Fn(function) = function else {
                continue;
            };
            if function.sig.ident == "idempotency_key" {
                self.has_idempotency_key = true;
            }
            if function.sig.ident == "send"
                && let syn::ReturnType::Type(_, future) = &function.sig.output
            {
                self.answer = rust_type::parts(future).1.into_iter().next();
                let mut called = Called::default();
                called.visit_block(&function.block);
                self.is_list = called.0.iter().any(|name| name == "list_request");
            }
        }
    }
}

/// The functions that a body calls by a path.
#[derive(Default)]
struct Called(Vec<String>);

impl<'ast> Visit<'ast> for Called {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let last = path.path.segments.last();
        self.0.extend(last.map(|segment| segment.ident.to_string()));
    }
}

pub(super) fn say(
    source: &Source,
    files: &BTreeMap<&str, syn::File>,
    facts: &mut Facts,
) -> syn::Result<()> {
    for file in files.values() {
        let mut statics = BTreeMap::new();
        let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
        for item in &file.items {
            match item {
                syn::Item::Static(item) => {
                    statics.insert(item.ident.to_string(), metadata(&item.expr));
                }
                syn::Item::Impl(item) if item.trait_.is_none() => {
                    let name = rust_type::parts(&item.self_ty).0;
                    answers.entry(name).or_default().add(item);
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
                if let Some(answer) = answers.get(&request) {
                    answered(source, &place, answer, &operation["method"], facts);
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

/// The arguments of `Operation::new(&SERVICE, name, Method::…, path)`.
fn metadata(expression: &syn::Expr) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    if let syn::Expr::Call(call) = expression {
        let names = ["service", "name", "method", "path"];
        for (name, argument) in names.into_iter().zip(&call.args) {
            let value = match argument {
                syn::Expr::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
                other => Some(literal(other)),
            };
            fields.insert(name.to_owned(), value.unwrap_or_default());
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

fn answered(source: &Source, place: &str, answer: &Answer, method: &str, facts: &mut Facts) {
    let at = format!("{place}>200");
    facts.say(&at, "media type", "application/json");
    // Only a POST carries an idempotency key, and each one does.
    let sent_as = match (answer.has_idempotency_key, method) {
        (true, _) => "post".to_owned(),
        (false, "Post") => "a POST without an idempotency key".to_owned(),
        (false, method) => method.to_lowercase(),
    };
    facts.say(place, "sent as", sent_as);
    let Some(of) = &answer.answer else {
        return;
    };
    match (rust_type::parts(of), answer.is_list) {
        ((name, items), true) if name == "List" => match items.first() {
            Some(item) => rust_type::list(source, &at, item, facts),
            None => rust_type::say(source, &at, of, facts),
        },
        _ => rust_type::say(source, &at, of, facts),
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
