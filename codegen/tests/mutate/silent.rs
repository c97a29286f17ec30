//! Changes that mean nothing to a program: other prose, another order, other white space.

use codegen::Pointer;
use serde_json::{Value, json};

use super::{Mutation, Mutations, contents, operations, schemas};

/// Every change of prose, and of the order of what has none, at every place where it applies.
pub(crate) fn all(document: &Value) -> Vec<Mutation> {
    let mut mutations = Mutations {
        document,
        all: Vec::new(),
    };
    root(&mut mutations);
    for at in schemas(document) {
        let schema = at.resolve(document).unwrap();
        if schema.get("$ref").is_none() {
            mutations.set(
                "describe a schema",
                &at,
                "description",
                "A word. And <b>more</b>.",
            );
            mutations.set("give an example", &at, "example", "An example");
            mutations.set(
                "link from a schema",
                &at,
                "externalDocs",
                json!({"url": "https://a.test"}),
            );
            mutations.set(
                "extend with prose",
                &at,
                "x-stripeMostCommon",
                json!(["id"]),
            );
            mutations.set(
                "extend with prose",
                &at,
                "x-note",
                "Some words for readers.",
            );
        }
        for key in ["enum", "required", "x-expandableFields"] {
            reverse(&mut mutations, &at.join(key));
        }
    }
    for (item, method) in operations(document) {
        mutations.set("describe a path", &item, "description", "A word.");
        let at = item.join(method);
        for key in ["description", "summary"] {
            mutations.set("describe an operation", &at, key, "A word.");
        }
        mutations.set(
            "link from an operation",
            &at,
            "externalDocs",
            json!({"url": "https://a.test"}),
        );
        let parameters = at.join("parameters");
        reverse(&mut mutations, &parameters);
        let count = parameters
            .resolve(document)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for index in 0..count {
            let at = parameters.join(index);
            mutations.set("describe a parameter", &at, "description", "A word.");
            mutations.set("give an example", &at, "example", "a");
        }
        for content in contents(document, &at) {
            let segments = content.segments();
            let holder = segments[..segments.len() - 1].iter();
            let holder = holder.fold(Pointer::root(), |at, segment| at.join(segment));
            mutations.set(
                "describe a body or an answer",
                &holder,
                "description",
                "A word.",
            );
        }
    }
    mutations.all
}

/// The document's text with the keys of every object in the opposite order.
pub(crate) fn reversed_keys(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|left, right| right.0.cmp(left.0));
            let members = members
                .into_iter()
                .map(|(key, member)| format!("{}:{}", json!(key), reversed_keys(member)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            format!(
                "[{}]",
                items
                    .iter()
                    .map(reversed_keys)
                    .collect::<Vec<_>>()
                    .join(",")
            )
        }
        scalar => scalar.to_string(),
    }
}

/// The same document with white space wherever there may be some.
pub(crate) fn spread_out(document: &Value) -> String {
    serde_json::to_string_pretty(document)
        .unwrap()
        .replace('\n', "\r\n\t\n  ")
}

fn root(mutations: &mut Mutations<'_>) {
    let root = Pointer::root();
    let info = root.join("info");
    mutations.set("describe the document", &info, "description", "A word.");
    mutations.set(
        "describe the document",
        &info,
        "contact",
        json!({"name": "Somebody"}),
    );
    mutations.set(
        "describe the document",
        &root,
        "tags",
        json!([{"name": "a"}]),
    );
    mutations.set(
        "describe a server",
        &root.join("servers").join(0),
        "description",
        "A word.",
    );
    reverse(mutations, &root.join(codegen::EVENT_TYPES));
}

fn reverse(mutations: &mut Mutations<'_>, at: &Pointer) {
    let list = at.resolve(mutations.document).and_then(Value::as_array);
    if list.is_some_and(|list| list.len() > 1) {
        mutations.edit("reorder a set", at, |list| {
            list.as_array_mut().unwrap().reverse()
        });
    }
}
