//! Changes of how a document says something: what it says stays the same.

use codegen::{CUT_REFERENCE, Pointer};
use serde_json::{Map, Value, json};

use super::{Mutation, Mutations, contents, keys, operations, schemas};

/// Every other way of saying the same, at every place where it applies.
pub(crate) fn all(document: &Value) -> Vec<Mutation> {
    let mut mutations = Mutations {
        document,
        all: Vec::new(),
    };
    for at in schemas(document) {
        let schema = at.resolve(document).unwrap();
        wrappers(&mut mutations, &at);
        components(&mut mutations, &at, schema);
        if schema.get("$ref").is_none() && schema.get(CUT_REFERENCE).is_none() {
            defaults_of_schema(&mut mutations, &at, schema);
            titles(&mut mutations, &at, schema);
            orders(&mut mutations, &at, schema);
        }
    }
    for (item, method) in operations(document) {
        let at = item.join(&method);
        operation(&mut mutations, &at);
        parameters(&mut mutations, &item, &method);
        for content in contents(document, &at) {
            encodings(&mut mutations, &content);
        }
    }
    reverse(&mut mutations, &Pointer::from(["security"]));
    for name in keys(document, &Pointer::from(["components", "securitySchemes"])) {
        mutations.edit("rename a security scheme", &Pointer::root(), |document| {
            let text = document.to_string();
            let text = text.replace(&format!("\"{name}\":"), "\"brand_new\":");
            *document = serde_json::from_str(&text).unwrap();
        });
    }
    mutations.all
}

/// The whole document said otherwise: every schema that is no component in a union of one, and what
/// it refers to behind an alias.
pub(crate) fn rewritten(document: &Value) -> Value {
    let mut rewritten = document.clone();
    let mut places = schemas(document);
    // What is inside first: its place is another as soon as what is around it is wrapped.
    places.reverse();
    for at in places {
        let is_component = at.segments().len() == 3 && at.segments()[0] == "components";
        let schema = rewritten.pointer_mut(&at.to_string()).unwrap();
        if let Some(name) = schema["$ref"].as_str().map(|text| format!("{text}.alias")) {
            schema["$ref"] = name.into();
        }
        if !is_component {
            *schema = json!({ "allOf": [schema.clone()] });
        }
    }
    let schemas = rewritten["components"]["schemas"].as_object_mut().unwrap();
    let aliases: Vec<_> = schemas
        .keys()
        .map(|name| (format!("{name}.alias"), reference("schemas", name)))
        .collect();
    schemas.extend(aliases);
    rewritten
}

/// A union of one is its only form.
fn wrappers(mutations: &mut Mutations<'_>, at: &Pointer) {
    for keyword in ["anyOf", "oneOf", "allOf"] {
        mutations.edit("wrap in a union of one", at, |schema| {
            *schema = json!({ keyword: [schema.clone()] });
        });
    }
    // The vendor's way to say "this reference, or null".
    mutations.edit("wrap all but nullable", at, |schema| {
        let nullable = schema["nullable"] == true;
        schema.as_object_mut().unwrap().remove("nullable");
        *schema = json!({"nullable": nullable, "anyOf": [schema.clone()]});
    });
}

/// Components are a matter of the document's layout.
fn components(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    let text = at.to_string();
    let root = Pointer::root();
    let is_component = at.segments().len() == 3 && at.segments()[0] == "components";
    if let Some(reference) = schema["$ref"].as_str() {
        let target = Pointer::parse(reference).unwrap();
        let content = target.resolve(mutations.document).unwrap().clone();
        mutations.edit("inline a component", at, |schema| *schema = content);
    }
    if !is_component {
        mutations.edit("extract a component", &root, |document| {
            let place = document.pointer_mut(&text).unwrap();
            let schema = std::mem::replace(place, reference("schemas", "brand_new"));
            document["components"]["schemas"]["brand_new"] = schema;
        });
        mutations.edit("refer through an alias", &root, |document| {
            let place = document.pointer_mut(&text).unwrap();
            let schema = std::mem::replace(place, reference("schemas", "alias"));
            let schemas = &mut document["components"]["schemas"];
            schemas["alias"] = json!({ "allOf": [reference("schemas", "brand_new")] });
            schemas["brand_new"] = schema;
        });
    }
}

fn defaults_of_schema(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    let flags = [
        "nullable",
        "deprecated",
        "readOnly",
        "writeOnly",
        "uniqueItems",
        "x-stripeBypassValidation",
    ];
    let least = match schema["type"].as_str() {
        Some("string") => Some("minLength"),
        Some("array") => Some("minItems"),
        Some("object") => Some("minProperties"),
        _ => None,
    };
    let mut all: Vec<(&str, Value)> = flags.map(|flag| (flag, json!(false))).into();
    all.extend(least.map(|keyword| (keyword, json!(0))));
    if schema["type"] == "object" {
        all.push(("additionalProperties", json!(true)));
        all.push(("additionalProperties", json!({})));
        all.push(("required", json!([])));
        all.push(("properties", json!({})));
    }
    write_and_leave_out(mutations, at, schema, &all);
    if schema["maxLength"].is_u64() {
        let limit = schema["maxLength"].as_f64();
        mutations.set("write a number otherwise", at, "maxLength", limit);
    }
}

fn titles(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    mutations.set("change a title", at, "title", "Another");
    if schema.get("title").is_some() {
        mutations.drop("drop a title", at, "title");
    }
}

fn orders(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    for keyword in ["anyOf", "oneOf", "allOf"] {
        reverse(mutations, &at.join(keyword));
        let expansions = at.join("x-expansionResources").join(keyword);
        reverse(mutations, &expansions);
        if let Some(forms) = schema[keyword].as_array().filter(|forms| forms.len() > 1) {
            let (first, others) = forms.split_first().unwrap();
            let nested = json!([{ keyword: others }, first]);
            if keyword != "oneOf" {
                mutations.set("nest a union", at, keyword, nested);
            }
        }
    }
}

fn operation(mutations: &mut Mutations<'_>, at: &Pointer) {
    let document = mutations.document;
    let operation = at.resolve(document).unwrap();
    write_and_leave_out(mutations, at, operation, &[("deprecated", json!(false))]);
    for key in ["security", "servers"] {
        let mut whole = document[key].clone();
        mutations.set("repeat what holds for all", at, key, whole.clone());
        if key == "security" {
            whole.as_array_mut().unwrap().reverse();
            mutations.set("repeat what holds for all", at, key, whole);
        }
    }
    let body = at.join("requestBody");
    if let Some(value) = body.resolve(document) {
        write_and_leave_out(mutations, &body, value, &[("required", json!(false))]);
        refer(mutations, &body, "requestBodies");
    }
    let answers = at.join("responses");
    for status in keys(document, &answers) {
        refer(mutations, &answers.join(status), "responses");
    }
}

fn parameters(mutations: &mut Mutations<'_>, item: &Pointer, method: &str) {
    let document = mutations.document;
    let at = item.join(method).join("parameters");
    let list = at.resolve(document).and_then(Value::as_array);
    for (index, parameter) in list.into_iter().flatten().enumerate() {
        let (default, exploded) = match parameter["in"].as_str() {
            Some("query" | "cookie") => ("form", true),
            _ => ("simple", false),
        };
        let mut defaults: Vec<(&str, Value)> = ["deprecated", "allowEmptyValue", "allowReserved"]
            .map(|flag| (flag, json!(false)))
            .into();
        if parameter["in"] != "path" {
            defaults.push(("required", json!(false)));
        }
        if parameter.get("style").is_none_or(|style| style == default) {
            defaults.push(("style", json!(default)));
            defaults.push(("explode", json!(exploded)));
        }
        write_and_leave_out(mutations, &at.join(index), parameter, &defaults);
        refer(mutations, &at.join(index), "parameters");
        mutations.edit("move a parameter to its path", item, |item| {
            let list = item[method]["parameters"].as_array_mut().unwrap();
            let parameter = list.remove(index);
            item["parameters"] = json!([parameter]);
        });
        mutations.edit("override a parameter of the path", item, |item| {
            let mut other = item[method]["parameters"][index].clone();
            other["required"] = json!(other["required"] != true);
            item["parameters"] = json!([other]);
        });
    }
}

/// Fields of a form that have no encoding of their own are written as `form`, exploded.
fn encodings(mutations: &mut Mutations<'_>, content: &Pointer) {
    let form = content.join("application/x-www-form-urlencoded");
    let fields = keys(mutations.document, &form.join("schema").join("properties"));
    let Some(value) = form.resolve(mutations.document) else {
        return;
    };
    for field in fields {
        if value["encoding"].get(&field).is_none() {
            let default = json!({"style": "form", "explode": true, "allowReserved": false});
            mutations.edit("write out a default", &form, |form| {
                form["encoding"][&field] = default;
            });
        }
    }
}

/// Every default that is not there, written out; every one that is, left out.
fn write_and_leave_out(
    mutations: &mut Mutations<'_>,
    at: &Pointer,
    node: &Value,
    defaults: &[(&str, Value)],
) {
    for (keyword, default) in defaults {
        match node.get(*keyword) {
            None => mutations.set("write out a default", at, keyword, default.clone()),
            Some(value) if value == default => mutations.drop("leave out a default", at, keyword),
            _ => {}
        }
    }
}

/// What is written in place moves to a section of the components.
fn refer(mutations: &mut Mutations<'_>, at: &Pointer, section: &'static str) {
    let text = at.to_string();
    mutations.edit(
        "refer instead of writing in place",
        &Pointer::root(),
        |document| {
            let place = document.pointer_mut(&text).unwrap();
            let value = std::mem::replace(place, reference(section, "brand_new"));
            let components = document["components"].as_object_mut().unwrap();
            components.insert(section.to_owned(), Map::new().into());
            components[section]["brand_new"] = value;
        },
    );
}

fn reference(section: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{section}/{name}") })
}

fn reverse(mutations: &mut Mutations<'_>, at: &Pointer) {
    let list = at.resolve(mutations.document).and_then(Value::as_array);
    if list.is_some_and(|list| list.len() > 1) {
        mutations.edit("reorder forms", at, |list| {
            list.as_array_mut().unwrap().reverse()
        });
    }
}
