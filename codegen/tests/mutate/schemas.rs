//! Changes of schemas.

use codegen::{CUT_REFERENCE, Pointer};
use serde_json::{Value, json};

use super::{Mutations, keys, schemas};

pub(super) fn add(mutations: &mut Mutations<'_>) {
    let document = mutations.document;
    for at in schemas(document) {
        let schema = at.resolve(document).unwrap();
        references(mutations, &at, schema);
        if schema.get("$ref").is_some() || schema.get(CUT_REFERENCE).is_some() {
            // Beside a reference, other keywords mean nothing.
            continue;
        }
        mutations.toggle("toggle nullable", &at, "nullable");
        fields(mutations, &at, schema);
        values(mutations, &at, schema);
        limits(mutations, &at, schema);
        forms(mutations, &at, schema);
    }
    let all = Pointer::from(["components", "schemas"]);
    for name in keys(document, &all) {
        mutations.edit("rename a schema", &Pointer::root(), |document| {
            let from = format!("\"#/components/schemas/{name}\"");
            let to = format!("\"#/components/schemas/{name}_other\"");
            let text = document.to_string().replace(&from, &to);
            *document = serde_json::from_str(&text).unwrap();
            let schemas = document["components"]["schemas"].as_object_mut().unwrap();
            let schema = schemas.remove(&name).unwrap();
            schemas.insert(format!("{name}_other"), schema);
        });
    }
}

fn references(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    if let Some(reference) = schema["$ref"].as_str() {
        let others = keys(
            mutations.document,
            &Pointer::from(["components", "schemas"]),
        );
        let others = others
            .iter()
            .map(|name| format!("#/components/schemas/{name}"));
        for other in others.filter(|other| other != reference) {
            mutations.set("change a $ref", at, "$ref", other);
        }
    }
    let other = |text: &str| {
        let [one, two] = ["account", "customer"].map(|name| format!("#/components/schemas/{name}"));
        if text == one { two } else { one }
    };
    if let Some(reference) = schema[CUT_REFERENCE].as_str() {
        mutations.set("change a cut $ref", at, CUT_REFERENCE, other(reference));
    }
    let forms = schema["x-expansionResources"]["oneOf"].as_array();
    for (index, form) in forms.into_iter().flatten().enumerate() {
        let at = at.join("x-expansionResources").join("oneOf").join(index);
        let (key, reference) = match form.get("$ref") {
            Some(reference) => ("$ref", reference),
            None => (CUT_REFERENCE, &form[CUT_REFERENCE]),
        };
        let other = match key {
            "$ref" => "#/components/schemas/error".to_owned(),
            _ => other(reference.as_str().unwrap()),
        };
        mutations.set("change an expansion", &at, key, other);
    }
}

fn fields(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    let require = |node: &mut Value, name: &str, demanded: bool| {
        let object = node.as_object_mut().unwrap();
        let required = object.entry("required").or_insert_with(|| json!([]));
        let names = required.as_array_mut().unwrap();
        names.retain(|other| other != name);
        if demanded {
            names.push(name.into());
        }
        if names.is_empty() {
            object.remove("required");
        }
    };
    for name in keys(mutations.document, &at.join("properties")) {
        mutations.edit("drop a property", at, |node| {
            node["properties"].as_object_mut().unwrap().remove(&name);
            require(node, &name, false);
        });
        let required = schema["required"]
            .as_array()
            .is_some_and(|all| all.contains(&json!(name)));
        let kind = if required {
            "move out of required"
        } else {
            "move into required"
        };
        mutations.edit(kind, at, |node| require(node, &name, !required));
        mutations.edit("rename a property", at, |node| {
            let fields = node["properties"].as_object_mut().unwrap();
            let field = fields.remove(&name).unwrap();
            fields.insert(format!("{name}_other"), field);
            require(node, &name, false);
            if required {
                require(node, &format!("{name}_other"), true);
            }
        });
    }
    if schema["type"] == "object" {
        let new = json!({"type": "string"});
        mutations.edit("add a property", at, |node| {
            node["properties"]["brand_new"] = new.clone()
        });
        mutations.edit("add a required property", at, |node| {
            node["properties"]["brand_new"] = new;
            require(node, "brand_new", true);
        });
        let open = schema
            .get("additionalProperties")
            .is_none_or(|value| value == true);
        match (open, schema["additionalProperties"].is_object()) {
            (true, _) => {
                mutations.set("close an object", at, "additionalProperties", false);
            }
            (_, true) => mutations.drop("drop the type of a map", at, "additionalProperties"),
            _ => mutations.drop("open an object", at, "additionalProperties"),
        }
    }
    if schema.get("x-expandableFields").is_some() {
        let properties = keys(mutations.document, &at.join("properties"));
        let listed = schema["x-expandableFields"].as_array().unwrap();
        let new = properties
            .into_iter()
            .find(|name| !listed.contains(&json!(name)));
        if let Some(new) = new {
            let at = at.join("x-expandableFields");
            let (drop, add) = ("drop an expandable field", "add an expandable field");
            mutations.members(drop, add, &at, new.into());
        }
    }
}

fn values(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    if let Some(kind) = schema["type"].as_str() {
        for other in ["array", "boolean", "integer", "number", "object", "string"] {
            if other != kind {
                mutations.set("change a type", at, "type", other);
            }
        }
        mutations.drop("drop a type", at, "type");
    }
    if schema.get("format").is_some() {
        mutations.set("change a format", at, "format", "another");
        mutations.drop("drop a format", at, "format");
    } else if ["integer", "number", "string"]
        .iter()
        .any(|kind| schema["type"] == *kind)
    {
        mutations.set("add a format", at, "format", "another");
    }
    if schema.get("enum").is_some() {
        let (drop, add) = ("drop an enum value", "add an enum value");
        mutations.members(drop, add, &at.join("enum"), "brand_new".into());
        mutations.drop("drop an enum", at, "enum");
        mutations.toggle(
            "toggle x-stripeBypassValidation",
            at,
            "x-stripeBypassValidation",
        );
    } else if schema["type"] == "string" {
        mutations.set("add an enum", at, "enum", json!(["only"]));
    }
    if schema.get("default").is_some() {
        mutations.drop("drop a default", at, "default");
    }
    mutations.set("change a default", at, "default", "another");
}

fn limits(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    let (low, high, present): (_, _, &[&str]) = match schema["type"].as_str() {
        Some("string") => (
            "minLength",
            "maxLength",
            &["maxLength", "minLength", "pattern"],
        ),
        Some("integer" | "number") => ("minimum", "maximum", &["maximum", "minimum"]),
        Some("array") => ("minItems", "maxItems", &["maxItems", "minItems"]),
        _ => return,
    };
    for key in present.iter().filter(|key| schema.get(**key).is_some()) {
        mutations.drop("drop a limit", at, key);
    }
    mutations.set("change a limit", at, low, 7);
    mutations.set("change a limit", at, high, 77_777);
    if schema["type"] == "string" {
        mutations.set("change a limit", at, "pattern", "^another$");
    }
}

fn forms(mutations: &mut Mutations<'_>, at: &Pointer, schema: &Value) {
    if schema.get("anyOf").is_some() {
        mutations.members(
            "drop a form",
            "add a form",
            &at.join("anyOf"),
            json!({"type": "integer"}),
        );
    }
}
