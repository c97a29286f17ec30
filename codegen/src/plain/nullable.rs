//! Components that may be null: every place that refers to one may be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::schemas::{each, referred};

pub(super) fn spread(document: &mut Value) {
    let mut found = Vec::new();
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let components = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for (name, schema) in components.into_iter().flatten() {
        if let Some(schema) = schema.as_object_mut()
            && schema.remove("nullable") == Some(Value::Bool(true))
        {
            found.push(name.clone());
        }
        if let Some(target) = referred(schema) {
            names
                .entry(target.to_owned())
                .or_default()
                .push(name.clone());
        }
    }
    // What is another name for it may be null as well.
    let mut nullable = BTreeSet::new();
    while let Some(name) = found.pop() {
        found.extend(names.remove(&name).into_iter().flatten());
        nullable.insert(name);
    }
    if nullable.is_empty() {
        return;
    }
    let walked = each(document, &mut |_, schema| {
        if referred(schema).is_some_and(|name| nullable.contains(name))
            && let Some(schema) = schema.as_object_mut()
        {
            schema.insert("nullable".to_owned(), true.into());
        }
        Ok(())
    });
    debug_assert!(walked.is_ok(), "nothing is refused here");
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_to_them_are_nullable() {
        let mut document = json!({ "components": { "schemas": {
            "A": { "type": "object", "nullable": true },
            "B": { "$ref": "#/components/schemas/A" },
            "C": { "properties": { "b": { "$ref": "#/components/schemas/B" } } },
        } } });
        spread(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["A"], json!({ "type": "object" }));
        assert_eq!(schemas["C"]["properties"]["b"]["nullable"], true);
    }
}
