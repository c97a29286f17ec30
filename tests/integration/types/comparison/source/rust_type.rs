//! What a type of Rust's or of the runtime's says of the wire.

use syn::Type;

use super::declared::Source;
use crate::comparison::facts::Facts;

pub(super) fn say(source: &Source, place: &str, of: &Type, facts: &mut Facts) {
    let (name, arguments) = parts(of);
    let side = |index: usize| format!("{place}|{index}");
    match (name.as_str(), arguments.as_slice()) {
        ("Option", [inner]) => {
            facts.say(place, "nullable", "true");
            say(source, place, inner, facts);
        }
        ("Vec", [items]) => {
            facts.say(place, "type", "array");
            say(source, &format!("{place}[]"), items, facts);
        }
        ("String", []) => facts.say(place, "type", "string"),
        ("bool", []) => facts.say(place, "type", "boolean"),
        ("i64", []) => number(place, "int64", facts),
        ("Timestamp", []) => number(place, "unix-time", facts),
        ("Currency", []) => {
            facts.say(place, "type", "string");
            facts.say(place, "named", "Currency");
        }
        ("Amounts", []) => {
            facts.say(place, "type", "object");
            facts.say(place, "additional", "map");
            number(&format!("{place}{{}}"), "int64", facts);
        }
        ("RawJson", []) => {
            facts.say(place, "type", "object");
            facts.say(place, "named", "RawJson");
        }
        ("Expandable", [id, object]) => {
            facts.say(place, "anyOf", "2");
            say(source, &side(1), id, facts);
            say(source, &side(2), object, facts);
        }
        ("Clearable", [value]) => {
            facts.say(place, "anyOf", "2");
            say(source, &side(1), value, facts);
            facts.say(&side(2), "type", "string");
            facts.say(&side(2), "enum", "");
        }
        ("RangeQuery", []) => {
            facts.say(place, "anyOf", "2");
            facts.say(&side(1), "type", "object");
            facts.say(&side(1), "additional", "closed");
            for bound in ["gt", "gte", "lt", "lte"] {
                let place = format!("{}.{bound}", side(1));
                facts.say(&place, "required", "false");
                number(&place, "unix-time", facts);
            }
            number(&side(2), "unix-time", facts);
        }
        ("List", [items]) => list(source, place, items, facts),
        (name, []) if source.ids.contains(name) => {
            facts.say(place, "type", "string");
            facts.say(place, "id", name);
        }
        (name, []) if source.types.contains(name) => facts.say(place, "ref", name),
        (name, _) => facts.say(place, "type", format!("the Rust type {name}")),
    }
}

/// The envelope that every list has.
pub(super) fn list(source: &Source, place: &str, items: &Type, facts: &mut Facts) {
    facts.say(place, "type", "object");
    facts.say(place, "additional", "open");
    for (field, kind) in [
        ("data", "array"),
        ("has_more", "boolean"),
        ("object", "string"),
        ("url", "string"),
    ] {
        let place = format!("{place}.{field}");
        facts.say(&place, "required", "true");
        facts.say(&place, "type", kind);
    }
    facts.say(&format!("{place}.object"), "enum", "list");
    say(source, &format!("{place}.data[]"), items, facts);
}

fn number(place: &str, format: &str, facts: &mut Facts) {
    facts.say(place, "type", "integer");
    facts.say(place, "format", format);
}

/// The last segment of a path, and its type arguments.
pub(super) fn parts(of: &Type) -> (String, Vec<Type>) {
    let Type::Path(path) = of else {
        return (String::from("of another form"), Vec::new());
    };
    let Some(last) = path.path.segments.last() else {
        return (String::new(), Vec::new());
    };
    let arguments = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                syn::GenericArgument::Type(inner) => Some(inner.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    (last.ident.to_string(), arguments)
}
