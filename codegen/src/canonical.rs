//! One text for one document: sorted keys, two spaces, a line feed at the end.
//!
//! Sorting here keeps the text independent of whether some crate of the build switches on
//! `serde_json`'s `preserve_order`.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// The canonical text of `value`. Equal values have equal texts.
pub fn canonical_text(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text.push('\n');
    text
}

/// A place where two documents differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where; for a missing or surplus member of a list of scalars, the list.
    pub at: Pointer,
    /// What the first document has there.
    pub expected: Option<Value>,
    /// What the second document has there.
    pub found: Option<Value>,
}

/// Every place where `found` differs from `expected`, in the order of the canonical text.
pub fn differences(expected: &Value, found: &Value) -> Vec<Difference> {
    let mut all = Vec::new();
    compare(expected, found, &Pointer::root(), &mut all);
    all
}

/// The members of an object in the order of their keys.
pub(crate) fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(key, _)| *key);
    members
}

/// An order for the values of a set: strings by their text, everything else by its canonical text.
pub(crate) fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.cmp(right),
        _ => left.to_string().cmp(&right.to_string()),
    }
}

fn write(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "\n" } else { ",\n" });
                indent(depth + 1, text);
                write(item, depth + 1, text);
            }
            text.push('\n');
            indent(depth, text);
            text.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (key, member)) in sorted(members).into_iter().enumerate() {
                text.push_str(if index == 0 { "\n" } else { ",\n" });
                indent(depth + 1, text);
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push_str(": ");
                write(member, depth + 1, text);
            }
            text.push('\n');
            indent(depth, text);
            text.push('}');
        }
        scalar_or_empty => text.push_str(&scalar_or_empty.to_string()),
    }
}

fn indent(depth: usize, text: &mut String) {
    for _ in 0..depth {
        text.push_str("  ");
    }
}

fn compare(expected: &Value, found: &Value, at: &Pointer, all: &mut Vec<Difference>) {
    match (expected, found) {
        (Value::Object(left), Value::Object(right)) => {
            let mut keys: Vec<_> = left.keys().chain(right.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let at = at.join(key);
                match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => compare(left, right, &at, all),
                    (left, right) => all.push(difference(&at, left, right)),
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if scalars(left) && scalars(right) => {
            let missing: Vec<_> = left.iter().filter(|item| !right.contains(item)).collect();
            let surplus: Vec<_> = right.iter().filter(|item| !left.contains(item)).collect();
            if missing.is_empty() && surplus.is_empty() && left != right {
                all.push(difference(at, Some(expected), Some(found)));
            }
            all.extend(
                missing
                    .into_iter()
                    .map(|item| difference(at, Some(item), None)),
            );
            all.extend(
                surplus
                    .into_iter()
                    .map(|item| difference(at, None, Some(item))),
            );
        }
        (Value::Array(left), Value::Array(right)) => {
            for index in 0..left.len().max(right.len()) {
                let at = at.join(index);
                match (left.get(index), right.get(index)) {
                    (Some(left), Some(right)) => compare(left, right, &at, all),
                    (left, right) => all.push(difference(&at, left, right)),
                }
            }
        }
        _ if expected == found => {}
        _ => all.push(difference(at, Some(expected), Some(found))),
    }
}

fn scalars(items: &[Value]) -> bool {
    !items.iter().any(|item| item.is_array() || item.is_object())
}

fn difference(at: &Pointer, expected: Option<&Value>, found: Option<&Value>) -> Difference {
    Difference {
        at: at.clone(),
        expected: expected.cloned(),
        found: found.cloned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth_and_empties_stay_on_one_line() {
        let value = json!({"b": {"d": [], "c": {}}, "a": [1, {"f": "\u{e9}\"", "e": null}]});
        assert_eq!(
            canonical_text(&value),
            "{\n  \"a\": [\n    1,\n    {\n      \"e\": null,\n      \"f\": \"é\\\"\"\n    }\n  ],\n  \
             \"b\": {\n    \"c\": {},\n    \"d\": []\n  }\n}\n"
        );
        assert_eq!(
            serde_json::from_str::<Value>(&canonical_text(&value)).unwrap(),
            value
        );
    }

    #[test]
    fn a_missing_scalar_is_named_once_however_many_follow_it() {
        let expected = json!({"enum": ["a", "b", "c"], "x": 1});
        let found = json!({"enum": ["b", "c"], "x": 1});
        let places: Vec<_> = differences(&expected, &found)
            .into_iter()
            .map(|difference| {
                (
                    difference.at.to_string(),
                    difference.expected,
                    difference.found,
                )
            })
            .collect();
        assert_eq!(places, [("/enum".to_owned(), Some(json!("a")), None)]);
    }

    #[test]
    fn order_alone_and_repetition_are_differences() {
        for found in [
            json!({"enum": ["b", "a"]}),
            json!({"enum": ["a", "b", "b"]}),
        ] {
            assert_eq!(differences(&json!({"enum": ["a", "b"]}), &found).len(), 1);
        }
    }
}
