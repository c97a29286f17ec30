//! The smallest value that a schema allows.

use serde_json::{Map, Value, json};

/// The answer of an operation. A list has two pages: one of two items, and one of a third.
pub(super) fn answer(document: &Value, operation: &Value, form: &[(String, String)]) -> Value {
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let mut answer = smallest(document, schema);
    if answer["object"] == "list" {
        let item = smallest(document, &schema["properties"]["data"]["items"]);
        let with_id = |id: &str| {
            let mut item = item.clone();
            item["id"] = id.into();
            item
        };
        let cursor = form.iter().find(|(key, _)| key == "starting_after");
        let (data, has_more) = match cursor.map(|(_, cursor)| cursor.as_str()) {
            None => (vec![with_id("id_1"), with_id("id_2")], true),
            Some("id_2") => (vec![with_id("id_3")], false),
            Some(_) => (Vec::new(), false),
        };
        answer["data"] = data.into();
        answer["has_more"] = has_more.into();
    }
    answer
}

fn smallest(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return smallest(document, document.pointer(&reference[1..]).unwrap());
    }
    if schema["nullable"] == true {
        return Value::Null;
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return smallest(document, &choices[0]);
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[0].clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let required = schema["required"].as_array().into_iter().flatten();
            let names = required.filter_map(Value::as_str);
            let members = names.map(|name| {
                let member = smallest(document, &schema["properties"][name]);
                (name.to_owned(), member)
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        Some("array") => json!([]),
        Some("string") => json!("text"),
        Some("boolean") => json!(false),
        _ => json!(1),
    }
}
