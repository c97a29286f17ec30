//! Whether everything in a document has become of the generated text what it should have.
//!
//! The operations of the document are walked as upstream has it, each schema beside the type that
//! stands for it, from the parameters and answers down. Every property and value must be there and
//! of a type that expresses it; what is not there must have been cut or refused.

use std::collections::{BTreeMap, BTreeSet};

use codegen::{RefusedOperation, SliceCrate, TrimReport};
use serde_json::{Map, Value};
use syn::Type;

use crate::declared::{Declared, Operation};

/// The outcome.
#[derive(Default)]
pub(crate) struct Account {
    /// What the text lacks or has otherwise.
    pub(crate) unaccounted: BTreeSet<String>,
    /// Places whose objects are kept, but not in a type of their own, and why.
    pub(crate) untyped: BTreeMap<String, &'static str>,
    /// The type of each component that has one.
    pub(crate) types: BTreeMap<String, String>,
    /// How many operations, properties and values were found.
    pub(crate) operations: usize,
    pub(crate) properties: usize,
    pub(crate) values: usize,
}

/// Walks the operations of `document` at these paths.
pub(crate) fn account(
    document: &Value,
    paths: &[&str],
    declared: &Declared,
    slice: &SliceCrate,
) -> Account {
    let SliceCrate {
        report,
        refused,
        untyped,
        ..
    } = slice;
    let mut walk = Walk {
        schemas: &document["components"]["schemas"],
        declared,
        report,
        seen: BTreeSet::new(),
        untold: 0,
        account: Account::default(),
    };
    let mut errors = BTreeSet::new();
    for (path, item) in members(&document["paths"]) {
        if !paths.iter().any(|pattern| is_below(path, pattern)) {
            continue;
        }
        for (method, operation) in members(item) {
            let is_refused = |refused: &RefusedOperation| {
                refused.key.path == *path
                    && refused.key.method == *method
                    && !refused.reason.is_empty()
            };
            match declared.operation(method, path) {
                Some(declared) => {
                    walk.operation(&format!("{method} {path}"), operation, declared);
                }
                None if refused.iter().any(is_refused) => {}
                None => walk.lack(&format!("{method} {path}"), "has no request"),
            }
            // Errors are read by the runtime, in types of its own.
            reached(
                &operation["responses"]["default"],
                walk.schemas,
                &mut errors,
            );
        }
    }
    for component in &report.schemas {
        let is_seen = walk.seen.iter().any(|(seen, _)| seen == component);
        if !is_seen && !errors.contains(component) {
            walk.lack(component, "is kept by the slice and used by no type");
        }
    }
    if walk.untold != untyped.len() {
        let (met, told) = (walk.untold, untyped.len());
        let what = format!("{met} places without a type are met, and {told} are reported");
        walk.lack("report", what);
    }
    walk.account
}

/// Whether a path is one of those that a slice's pattern names.
pub(crate) fn is_below(path: &str, pattern: &str) -> bool {
    let prefix = pattern.trim_end_matches("/**");
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Sent,
    Answered,
}
use Side::{Answered, Sent};

struct Walk<'w> {
    schemas: &'w Value,
    declared: &'w Declared,
    report: &'w TrimReport,
    /// Components with the types at which they were met, so that none is walked twice.
    seen: BTreeSet<(String, String)>,
    /// How many places hold one of several objects that nothing tells apart.
    untold: usize,
    account: Account,
}

impl<'w> Walk<'w> {
    fn lack(&mut self, at: &str, what: impl AsRef<str>) {
        let line = format!("{at}: {}", what.as_ref());
        self.account.unaccounted.insert(line);
    }

    fn untyped(&mut self, at: &str, why: &'static str) {
        self.account.untyped.insert(at.to_owned(), why);
    }

    fn operation(&mut self, at: &str, operation: &'w Value, declared: &'w Operation) {
        self.account.operations += 1;
        let mut properties = Map::new();
        let mut required = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            if parameter["in"] == "query" {
                properties.insert(name.to_owned(), parameter["schema"].clone());
                required.extend((parameter["required"] == true).then(|| Value::from(name)));
            }
        }
        let body = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"];
        properties
            .extend(members(&body["schema"]["properties"]).map(|(k, v)| (k.clone(), v.clone())));
        required.extend(
            body["schema"]["required"]
                .as_array()
                .cloned()
                .unwrap_or_default(),
        );
        let schema = serde_json::json!({ "properties": properties, "required": required });
        let params = format!("{}Params", declared.request);
        self.fields(at, &schema, &params, Sent, Some(&declared.request));
        let content = &operation["responses"]["200"]["content"];
        match content["application/json"].get("schema") {
            Some(answer) => {
                self.place(&format!("{at} answer"), answer, &declared.answer, Answered);
            }
            None if ident(&declared.answer) == "Bytes" => {}
            None => self.lack(at, "answers bytes"),
        }
        let cursors = ["starting_after", "ending_before"];
        let has_cursors = cursors
            .iter()
            .all(|cursor| properties.contains_key(*cursor));
        let answered = &content["application/json"]["schema"]["properties"];
        let is_search = properties.contains_key("page") && !answered["next_page"].is_null();
        if (has_cursors || is_search) != declared.is_paged {
            self.lack(at, "has cursors and no pages, or pages and no cursors");
        }
    }

    /// Every property of an object beside the fields of a struct.
    fn fields(&mut self, at: &str, schema: &Value, name: &str, side: Side, request: Option<&str>) {
        let Some(fields) = self.declared.structs.get(name) else {
            return self.lack(at, format!("`{name}` is no struct"));
        };
        let is_required = |property: &str| {
            schema["required"]
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one == property))
        };
        for (property, place) in members(&schema["properties"]) {
            let at = format!("{at}.{property}");
            let Some(field) = fields.get(property) else {
                self.lack(&at, format!("is not in `{name}`"));
                continue;
            };
            self.account.properties += 1;
            let optional = inner(&field.ty, "Option");
            let is_collection = ["Vec", "BTreeMap"]
                .iter()
                .any(|it| inner(&field.ty, it).is_some());
            let may_lack = !is_required(property) || place["nullable"] == true;
            match (side, optional) {
                (Answered, optional) if optional.is_some() != may_lack => {
                    self.lack(
                        &at,
                        "may be absent in one of the document and the types only",
                    );
                }
                (Sent, None) if may_lack && !is_collection => {
                    self.lack(&at, "need not be given, and the type demands it");
                }
                _ => {}
            }
            // What need not be given is set by a method: of the request, or of the nested object.
            let holder = request.unwrap_or(name);
            let setters = self.declared.functions.get(holder);
            let setter = |name: &str| setters.is_some_and(|setters| setters.contains(name));
            if side == Sent
                && may_lack
                && !setter(&field.ident)
                && !setter(&format!("{}_", field.ident))
            {
                self.lack(&at, format!("cannot be set on `{holder}`"));
            }
            self.place(&at, place, optional.unwrap_or(&field.ty), side);
        }
    }

    /// A schema beside its type.
    fn place(&mut self, at: &str, schema: &Value, ty: &Type, side: Side) {
        let ty = inner(ty, "Box").unwrap_or(ty);
        let name = ident(ty);
        if let Some(reference) = schema["$ref"].as_str() {
            return self.reference(at, reference, ty, side);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            return self.choice(at, schema, choices, ty, side);
        }
        if let Some(values) = schema["enum"]
            .as_array()
            .filter(|_| schema["type"] == "string")
        {
            return self.values(at, values, &name);
        }
        let is_list = schema["properties"]["object"]["enum"][0] == "list";
        match schema["type"].as_str() {
            Some("object") if is_list => match inner(ty, "List") {
                Some(item) => {
                    let known = ["data", "has_more", "object", "url"];
                    for (property, _) in members(&schema["properties"]) {
                        if !known.contains(&property.as_str()) {
                            self.untyped(
                                &format!("{at}.{property}"),
                                "read from the list's `extra`",
                            );
                        }
                    }
                    let items = &schema["properties"]["data"]["items"];
                    self.place(&format!("{at}[]"), items, item, side);
                }
                None => self.lack(at, "is a list"),
            },
            Some("object") if members(&schema["properties"]).len() > 0 => {
                self.fields(at, schema, &name, side, None);
            }
            Some("object") => match (schema["additionalProperties"].is_object(), side) {
                (true, _) => match map_value(ty) {
                    Some(value) => {
                        let values = &schema["additionalProperties"];
                        self.place(&format!("{at}{{}}"), values, value, side);
                    }
                    None => self.lack(at, format!("is a map, and `{name}` none")),
                },
                (false, Answered) if name == "RawJson" => {
                    self.untyped(at, "says nothing of its properties");
                }
                (false, Sent) if map_value(ty).is_some() => {
                    self.untyped(at, "says nothing of its properties");
                }
                // An object of the document's that has no properties.
                (false, _) => self.fields(at, schema, &name, side, None),
            },
            Some("array") => match inner(ty, "Vec") {
                Some(item) => self.place(&format!("{at}[]"), &schema["items"], item, side),
                None => self.lack(at, format!("is an array, and `{name}` none")),
            },
            scalar => {
                let is_time = schema["format"] == "unix-time";
                let expected = match scalar {
                    Some("string") => "String",
                    Some("integer") if is_time => "Timestamp",
                    Some("integer") => "i64",
                    Some("number") => "Number",
                    Some("boolean") => "bool",
                    _ => "a type that the test knows",
                };
                if name != expected {
                    self.lack(at, format!("is {expected}, and not `{name}`"));
                }
            }
        }
    }

    fn reference(&mut self, at: &str, reference: &str, ty: &Type, side: Side) {
        let component = reference.strip_prefix("#/components/schemas/").unwrap();
        let name = ident(ty);
        if self.report.cut.contains_key(component) {
            if name != "RawJson" {
                self.lack(at, format!("was cut, and is `{name}`"));
            }
            return;
        }
        if !self.report.schemas.contains(component) {
            self.lack(at, format!("`{component}` is neither kept nor cut"));
        }
        if self.seen.insert((component.to_owned(), name.clone())) {
            let schemas = self.schemas;
            self.place(component, &schemas[component], ty, side);
        }
        if !["RawJson", ""].contains(&name.as_str()) {
            self.account.types.insert(component.to_owned(), name);
        }
    }

    fn values(&mut self, at: &str, values: &[Value], name: &str) {
        let declared = self.declared;
        let Some(texts) = declared.enums.get(name) else {
            return self.lack(at, format!("is an enum, and `{name}` none"));
        };
        for value in values {
            let value = value.as_str().unwrap();
            match texts.contains(value) {
                true => self.account.values += 1,
                false => self.lack(at, format!("`{name}` does not know {value:?}")),
            }
        }
    }

    fn choice(&mut self, at: &str, schema: &Value, choices: &[Value], ty: &Type, side: Side) {
        let name = ident(ty);
        if let [single] = choices {
            return self.place(at, single, ty, side);
        }
        if schema.get("x-expansionResources").is_some() {
            let [id, objects @ ..] = choices else {
                unreachable!()
            };
            let Some([first, second]) = pair(ty, "Expandable") else {
                return self.lack(at, format!("can be expanded, and `{name}` cannot"));
            };
            self.place(at, id, first, side);
            return match objects {
                [object] => self.place(at, object, second, side),
                objects => self.union(at, objects, second),
            };
        }
        if side == Answered {
            return self.union(at, choices, ty);
        }
        let is_empty = |choice: &&Value| choice["enum"] == serde_json::json!([""]);
        let (empty, values): (Vec<&Value>, Vec<&Value>) = choices.iter().partition(is_empty);
        match (empty.is_empty(), inner(ty, "Clearable")) {
            (false, Some(inner)) => self.either(at, &values, inner),
            (true, None) => self.either(at, &values, ty),
            _ => self.lack(
                at,
                "can be cleared in one of the document and the types only",
            ),
        }
    }

    /// A parameter in one of several forms.
    fn either(&mut self, at: &str, choices: &[&Value], ty: &Type) {
        match choices {
            [single] => self.place(at, single, ty, Sent),
            [first, rest @ ..] => match pair(ty, "Either") {
                Some([left, right]) => {
                    self.place(at, first, left, Sent);
                    self.either(at, rest, right);
                }
                None if ident(ty) == "RangeQuery" => {
                    let bounds = choices
                        .iter()
                        .flat_map(|choice| members(&choice["properties"]));
                    let bounds: BTreeSet<&str> = bounds.map(|(bound, _)| bound.as_str()).collect();
                    if bounds != BTreeSet::from(["gt", "gte", "lt", "lte"]) {
                        self.lack(at, "is a range with other bounds");
                    }
                }
                None => self.lack(at, format!("has several forms, and `{}` one", ident(ty))),
            },
            [] => self.lack(at, "has no form"),
        }
    }

    /// An object of one of several types.
    fn union(&mut self, at: &str, choices: &[Value], ty: &Type) {
        let name = ident(ty);
        let mut flat = Vec::new();
        self.flatten(choices, &mut flat);
        let is_cut = |component: &&String| self.report.cut.contains_key(*component);
        let kept: Vec<&String> = flat.iter().filter(|component| !is_cut(component)).collect();
        let declared = self.declared;
        match declared.unions.get(&name) {
            _ if kept.is_empty() && name == "RawJson" => {}
            Some(members) => {
                for component in kept {
                    let schemas = self.schemas;
                    let properties = &schemas[component]["properties"];
                    let deleted = properties["deleted"]["enum"] == serde_json::json!([true]);
                    let member = members.iter().find(|member| {
                        properties["object"]["enum"][0] == *member.object
                            && member.deleted == deleted
                    });
                    match member {
                        Some(member) => {
                            let ty = syn::parse_str(&member.ty).unwrap();
                            let reference = format!("#/components/schemas/{component}");
                            self.reference(at, &reference, &ty, Answered);
                        }
                        None => self.lack(at, format!("`{name}` has no `{component}`")),
                    }
                }
            }
            None if name == "RawJson" => {
                self.untold += 1;
                self.untyped(at, "raw JSON, since nothing tells its objects apart");
                for component in kept {
                    self.unseen(component);
                }
            }
            None if kept.len() == 1 => {
                let reference = format!("#/components/schemas/{}", kept[0]);
                self.reference(at, &reference, ty, Answered);
            }
            None => {
                self.untold += 1;
                self.untyped(
                    at,
                    "the first of its objects, since nothing tells them apart",
                );
                let reference = format!("#/components/schemas/{}", kept[0]);
                self.reference(at, &reference, ty, Answered);
                for component in &kept[1..] {
                    self.unseen(component);
                }
            }
        }
    }

    /// The components of a choice, those of choices within it included.
    fn flatten(&mut self, choices: &[Value], flat: &mut Vec<String>) {
        for choice in choices {
            let reference = choice["$ref"].as_str().unwrap_or_default();
            let component = reference.trim_start_matches("#/components/schemas/");
            let schemas = self.schemas;
            match schemas[component]["anyOf"].as_array() {
                Some(inner) => {
                    self.seen.insert((component.to_owned(), String::new()));
                    self.flatten(inner, flat);
                }
                None => flat.push(component.to_owned()),
            }
        }
    }

    /// A component that is met where it has no type, and all that it leads to.
    fn unseen(&mut self, component: &str) {
        let mut below = BTreeSet::from([component.to_owned()]);
        reached(&self.schemas[component], self.schemas, &mut below);
        let seen = below
            .into_iter()
            .map(|component| (component, String::new()));
        self.seen.extend(seen);
    }
}

/// The members of an object; none of anything else.
fn members(value: &Value) -> serde_json::map::Iter<'_> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE).iter()
}

/// The components that a part of the document leads to.
fn reached(part: &Value, schemas: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                let component = reference.trim_start_matches("#/components/schemas/");
                if found.insert(component.to_owned()) {
                    reached(&schemas[component], schemas, found);
                }
            }
            object
                .values()
                .for_each(|member| reached(member, schemas, found));
        }
        Value::Array(items) => items.iter().for_each(|item| reached(item, schemas, found)),
        _ => {}
    }
}

/// The name of a type, without what is in its angle brackets.
fn ident(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        _ => String::new(),
    }
}

fn arguments<'t>(ty: &'t Type, wrapper: &str) -> Vec<&'t Type> {
    let Type::Path(path) = ty else {
        return Vec::new();
    };
    let last = path.path.segments.last().unwrap();
    match &last.arguments {
        syn::PathArguments::AngleBracketed(list) if last.ident == wrapper => {
            let types = list.args.iter().map(|argument| match argument {
                syn::GenericArgument::Type(ty) => ty,
                _ => panic!("not a type"),
            });
            types.collect()
        }
        _ => Vec::new(),
    }
}

fn inner<'t>(ty: &'t Type, wrapper: &str) -> Option<&'t Type> {
    arguments(ty, wrapper).first().copied()
}

fn pair<'t>(ty: &'t Type, wrapper: &str) -> Option<[&'t Type; 2]> {
    arguments(ty, wrapper).try_into().ok()
}

fn map_value(ty: &Type) -> Option<&Type> {
    pair(ty, "BTreeMap").map(|[_, value]| value)
}
