//! What generated text declares, read back with `syn`.

#![allow(dead_code, reason = "each test needs its own part")]

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

/// Everything that the files declare.
#[derive(Default)]
pub(crate) struct Declared {
    /// The objects and the parameters: each field by its name on the wire.
    pub(crate) structs: BTreeMap<String, BTreeMap<String, Field>>,
    /// The enums with their texts on the wire.
    pub(crate) enums: BTreeMap<String, BTreeSet<String>>,
    /// The unions.
    pub(crate) unions: BTreeMap<String, Vec<Member>>,
    pub(crate) operations: Vec<Operation>,
    /// The public functions of each type.
    pub(crate) functions: BTreeMap<String, BTreeSet<String>>,
}

pub(crate) struct Field {
    pub(crate) ident: String,
    pub(crate) ty: syn::Type,
}

/// An object that a union can be, and what tells it apart.
pub(crate) struct Member {
    pub(crate) ty: String,
    pub(crate) object: String,
    pub(crate) deleted: bool,
}

pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The name that users call it by.
    pub(crate) name: String,
    /// The type of the request; its parameters are `…Params`.
    pub(crate) request: String,
    /// What it answers, and whether it is read page by page.
    pub(crate) answer: syn::Type,
    pub(crate) is_paged: bool,
}

impl Declared {
    /// The names on the wire of every field and value, by type.
    pub(crate) fn types(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let structs = self
            .structs
            .iter()
            .map(|(name, fields)| (name.as_str(), fields.keys().map(String::as_str).collect()));
        let enums = self
            .enums
            .iter()
            .map(|(name, texts)| (name.as_str(), texts.iter().map(String::as_str).collect()));
        structs.chain(enums).collect()
    }

    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method == method && operation.path == path)
    }

    /// A function of a type. Two of those of a request tell what it answers.
    fn function(&mut self, owner: &str, signature: &syn::Signature) {
        let name = signature.ident.to_string();
        let request = self
            .operations
            .iter_mut()
            .find(|operation| operation.request == owner);
        if let Some(operation) = request {
            match name.as_str() {
                "send" => operation.answer = answer(&signature.output),
                "pages" => operation.is_paged = true,
                _ => {}
            }
        }
        let functions = self.functions.entry(owner.to_owned()).or_default();
        functions.insert(name);
    }
}

/// Reads the files.
pub(crate) fn declared(files: &BTreeMap<String, String>) -> Declared {
    let mut declared = Declared::default();
    // The types of the fields are in the struct, their names on the wire in the macro behind it.
    let mut types: BTreeMap<String, BTreeMap<String, syn::Type>> = BTreeMap::new();
    for text in files.values() {
        let mut constant = None;
        for item in syn::parse_file(text).unwrap().items {
            match item {
                syn::Item::Static(item) if ident_of(&item.ty) == "Operation" => {
                    constant = Some(operation(item));
                }
                syn::Item::Struct(item) => {
                    if let Some(mut operation) = constant.take() {
                        operation.request = item.ident.to_string();
                        declared.operations.push(operation);
                    }
                    let fields = item
                        .fields
                        .into_iter()
                        .filter_map(|field| Some((field.ident?.to_string(), field.ty)));
                    types.insert(item.ident.to_string(), fields.collect());
                }
                syn::Item::Impl(item) if item.trait_.is_none() => {
                    let owner = ident_of(&item.self_ty);
                    for item in item.items {
                        if let syn::ImplItem::Fn(function) = item {
                            declared.function(&owner, &function.sig);
                        }
                    }
                }
                syn::Item::Macro(item) => {
                    let name = item.mac.path.segments.last().unwrap().ident.to_string();
                    call(&name, item.mac.tokens, &types, &mut declared);
                }
                _ => {}
            }
        }
    }
    declared
}

/// One call of the runtime's macros.
fn call(
    name: &str,
    tokens: TokenStream,
    types: &BTreeMap<String, BTreeMap<String, syn::Type>>,
    declared: &mut Declared,
) {
    let mut tokens = tokens.into_iter();
    let mut head = || tokens.next().unwrap().to_string();
    match name {
        "object" | "params" => {
            let name = head();
            let fields = lines(tokens).map(|line| {
                let [wire, _, ident, ..] = &line[..] else {
                    panic!("not a field: {line:?}")
                };
                let field = Field {
                    ident: ident.clone(),
                    ty: types[&name][ident].clone(),
                };
                (text(wire), field)
            });
            let fields = fields.collect();
            declared.structs.insert(name, fields);
        }
        "open_enum" => {
            let name = head();
            let texts = lines(tokens).map(|line| text(line.last().unwrap()));
            declared.enums.insert(name, texts.collect());
        }
        "union" => {
            let name = head();
            let members = lines(tokens).map(|line| {
                let [_, ty, _, object, _, deleted] = &line[..] else {
                    panic!("not a member: {line:?}")
                };
                Member {
                    ty: ty.trim_matches(['(', ')']).to_owned(),
                    object: text(object),
                    deleted: deleted == "true",
                }
            });
            let members = members.collect();
            declared.unions.insert(name, members);
        }
        _ => {}
    }
}

/// The lines between the braces, split at commas, each as its tokens.
fn lines(mut tokens: impl Iterator<Item = TokenTree>) -> impl Iterator<Item = Vec<String>> {
    let Some(TokenTree::Group(group)) = tokens.next() else {
        panic!("no braces")
    };
    let mut lines = vec![Vec::new()];
    for token in group.stream() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => lines.push(Vec::new()),
            token => lines.last_mut().unwrap().push(token.to_string()),
        }
    }
    lines.into_iter().filter(|line| !line.is_empty())
}

fn text(literal: &str) -> String {
    syn::parse_str::<syn::LitStr>(literal).unwrap().value()
}

/// `Operation::new(&SERVICE, name, Method::Get, path)`.
fn operation(item: syn::ItemStatic) -> Operation {
    let syn::Expr::Call(call) = *item.expr else {
        panic!("not an operation")
    };
    let mut arguments = call.args.iter().skip(1).map(|argument| match argument {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => text.value(),
        syn::Expr::Path(path) => path
            .path
            .segments
            .last()
            .unwrap()
            .ident
            .to_string()
            .to_lowercase(),
        _ => panic!("neither a string nor a name"),
    });
    let mut argument = || arguments.next().unwrap();
    Operation {
        name: argument(),
        method: argument(),
        path: argument(),
        request: String::new(),
        answer: syn::parse_quote!(()),
        is_paged: false,
    }
}

/// The type inside of the future that `send` returns.
fn answer(output: &syn::ReturnType) -> syn::Type {
    let syn::ReturnType::Type(_, ty) = output else {
        panic!("returns nothing")
    };
    let syn::Type::Path(path) = &**ty else {
        panic!("not the name of a type")
    };
    match &path.path.segments.last().unwrap().arguments {
        syn::PathArguments::AngleBracketed(arguments) => {
            let answer = arguments.args.first().unwrap();
            syn::parse_quote!(#answer)
        }
        _ => panic!("a future of nothing"),
    }
}

/// The name of a type without parameters.
fn ident_of(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        _ => panic!("not the name of a type"),
    }
}
