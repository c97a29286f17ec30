//! Marking a schema with the runtime type that stands for it.

use serde_json::{Value, json};

/// The crate name under which the generator knows the runtime; the seam pass removes it.
pub(crate) const RUNTIME: &str = "runtime";

/// The member by which the generator is told to use an existing type.
pub(crate) const MARK: &str = "x-rust-type";

/// Replaces what a schema says of its type by the runtime type `name`; documentation stays.
pub(super) fn set(schema: &mut Value, name: &str, parameters: Vec<Value>) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    members.retain(|member, _| is_kept(member));
    members.insert(
        MARK.to_owned(),
        json!({ "crate": RUNTIME, "version": "*", "path": format!("{RUNTIME}::{name}"), "parameters": parameters }),
    );
}

/// Whether the schema already stands for a runtime type.
pub(crate) fn is_set(schema: &Value) -> bool {
    schema.get(MARK).is_some()
}

/// Documentation and marks of ours, and whether the value may be null.
fn is_kept(member: &str) -> bool {
    matches!(
        member,
        "description"
            | "nullable"
            | "x-sensitive"
            | "x-exclusive"
            | "x-values"
            | "x-optional"
            | "x-query"
            | "x-wire"
    )
}

/// The runtime type that a schema has been given.
pub(crate) fn name(schema: &Value) -> Option<&str> {
    schema.get(MARK)?.get("path")?.as_str()?.split("::").nth(1)
}
