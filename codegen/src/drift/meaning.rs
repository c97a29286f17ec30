//! Values that are written differently and mean the same.

use serde_json::Value;

/// Whether two values mean the same: `100` and `100.0` are one number.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => left == right,
    }
}

/// A text that is the same for two single values exactly if they are [`same`].
pub(super) fn identity(value: &Value) -> String {
    match value.as_f64() {
        Some(number) if value.is_f64() => format!("{number}"),
        _ => value.to_string(),
    }
}

/// Whether two members that may be absent mean the same.
pub(super) fn same_members(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same(left, right),
        (left, right) => left.is_none() && right.is_none(),
    }
}

/// A member of anything but a schema, unless it says what holds without it: a flag that is not set,
/// a list or map of nothing.
pub(super) fn said(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| match value {
        Value::Bool(flag) => *flag,
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    })
}

/// Whether a member of a schema says only what holds without it. Titles are names for readers.
pub(super) fn says_nothing(keyword: &str, value: &Value) -> bool {
    match keyword {
        "title" => true,
        "deprecated" | "exclusiveMaximum" | "exclusiveMinimum" | "nullable" | "readOnly"
        | "uniqueItems" | "writeOnly" => *value == false,
        "additionalProperties" => {
            *value == true || said(Some(value)).is_none() && value.is_object()
        }
        "properties" | "required" | "x-expandableFields" => said(Some(value)).is_none(),
        "minItems" | "minLength" | "minProperties" => value.as_f64() == Some(0.0),
        _ => keyword.starts_with("x-") && *value == false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(same(&json!({"a": [100]}), &json!({"a": [100.0]})));
        assert!(!same(&json!(100), &json!(100.5)));
        // Neither is told apart from the other once it is a double.
        assert!(!same(
            &json!(9_007_199_254_740_993_u64),
            &json!(9_007_199_254_740_992_u64)
        ));
        assert!(!same(&json!([1, 2]), &json!([2, 1])));
        assert_eq!(identity(&json!(100.0)), identity(&json!(100)));
        assert_ne!(identity(&json!("100")), identity(&json!(100)));
    }

    #[test]
    fn only_defaults_say_nothing() {
        for (keyword, nothing, something) in [
            ("additionalProperties", json!({}), json!(false)),
            ("minLength", json!(0.0), json!(1)),
            ("uniqueItems", json!(false), json!(true)),
            ("x-stripeBypassValidation", json!(false), json!(true)),
            ("required", json!([]), json!(["a"])),
            ("title", json!("A"), json!("B")),
        ] {
            assert!(says_nothing(keyword, &nothing), "{keyword}");
            assert_eq!(says_nothing(keyword, &something), keyword == "title");
        }
        for keyword in ["default", "enum", "maximum"] {
            assert!(!says_nothing(keyword, &json!(0)), "{keyword}");
            assert!(!says_nothing(keyword, &json!(false)), "{keyword}");
        }
    }
}
