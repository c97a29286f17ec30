//! Where references lead out of a slice.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Slice;
use crate::schemas::referred_by;
use crate::slice::OperationKey;

/// The resources that the operations neither answer nor hold in their answers other than by id: a
/// reference to them leads out of the slice. What only errors hold leads out of it too.
pub(super) fn other_resources(
    document: &Value,
    slice: &Slice,
    all: &BTreeMap<OperationKey, &Value>,
) -> BTreeSet<String> {
    let schemas = &document["components"]["schemas"];
    let answers = slice
        .operations
        .iter()
        .filter_map(|operation| all.get(&operation.key));
    let mut kept = BTreeSet::new();
    for answer in
        answers.flat_map(|operation| operation["responses"].as_object().into_iter().flatten())
    {
        if answer.0 != "default" {
            reach(answer.1, schemas, Expandable::Stop, &|_| true, &mut kept);
        }
    }
    // What is sent is not cut: it could not be built.
    let operations = slice
        .operations
        .iter()
        .filter_map(|operation| all.get(&operation.key));
    for part in
        operations.flat_map(|operation| [&operation["parameters"], &operation["requestBody"]])
    {
        reach(part, schemas, Expandable::Follow, &|_| true, &mut kept);
    }
    let is_other = |name: &str| {
        let schema = &schemas[name];
        let is_resource = schema.get("x-resourceId").is_some()
            || schema.pointer("/properties/object/enum").is_some();
        is_resource && !kept.contains(name)
    };
    // What would be reached through them need not be cut: it is not reached.
    let mut reached = BTreeSet::new();
    for operation in slice
        .operations
        .iter()
        .filter_map(|operation| all.get(&operation.key))
    {
        reach(
            &operation["responses"],
            schemas,
            Expandable::Follow,
            &|name| !is_other(name),
            &mut reached,
        );
    }
    reached.retain(|name| is_other(name));
    reached
}

/// What to do at a reference that is an id unless it is expanded.
#[derive(Clone, Copy, PartialEq)]
enum Expandable {
    Follow,
    Stop,
}

/// Collects the components that a part of the document leads to. What does not `go_on` is collected
/// and not looked into.
fn reach<'d>(
    part: &'d Value,
    schemas: &'d Value,
    expandable: Expandable,
    go_on: &dyn Fn(&str) -> bool,
    reached: &mut BTreeSet<String>,
) {
    let mut pending = vec![part];
    while let Some(part) = pending.pop() {
        match part {
            Value::Object(members) => {
                let is_expandable = members.contains_key("x-expansionResources");
                for (key, member) in members {
                    match (key.as_str(), referred_by(member)) {
                        ("$ref", Some(name)) => {
                            if reached.insert(name.to_owned()) && go_on(name) {
                                pending.push(&schemas[name]);
                            }
                        }
                        ("x-expansionResources", _) => {}
                        ("anyOf", _) if is_expandable && expandable == Expandable::Stop => {}
                        _ => pending.push(member),
                    }
                }
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
}
