//! The names of a type's fields and of an enum's values.

use std::collections::BTreeSet;

use super::case::{pascal, snake};
use super::scope::Scope;

/// Names for fields, in the order of their names on the wire.
///
/// A field whose name is that of its property comes before one that would be written alike.
pub(crate) fn fields<'n>(
    mut scope: Scope,
    wires: impl Iterator<Item = &'n str>,
) -> Vec<(String, String)> {
    let mut wires: Vec<&str> = wires.collect();
    wires.sort_unstable_by_key(|wire| (snake(wire) != *wire, *wire));
    let mut named: Vec<_> = wires
        .into_iter()
        .map(|wire| (wire.to_owned(), scope.snake(snake(wire))))
        .collect();
    named.sort_unstable();
    named
}

/// Names for the values of an enum, in their order.
///
/// Where two would be written alike, or one would not be a word, punctuation is spelled out in all of
/// them, and what is still equal is numbered. Where all values begin with the same dotted word, the
/// names leave it out.
pub(crate) fn variants(values: &[String]) -> Vec<String> {
    let names: Vec<String> = values.iter().map(|value| pascal(value)).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    let is_word = |value: &String| value.starts_with(char::is_alphabetic);
    let scope = Scope::of_variants();
    if distinct.len() == values.len() && values.iter().all(is_word) {
        if let Some(short) = shortened(values, &names) {
            return short;
        }
        if names.iter().all(|name| scope.is_free(name)) {
            return names;
        }
        return numbered(scope, names, "_");
    }
    let spelled = values.iter().map(|value| spelled(value)).collect();
    numbered(scope, spelled, "Object")
}

fn numbered(mut scope: Scope, names: Vec<String>, suffix: &str) -> Vec<String> {
    let names = names.into_iter();
    names.map(|name| scope.pascal(name, suffix)).collect()
}

fn spelled(value: &str) -> String {
    let spelled = value
        .replace('+', " plus ")
        .replace('-', " minus ")
        .replace(['/', ':'], " ");
    match value {
        "" => "Empty".to_owned(),
        _ if spelled
            .trim_start_matches(|first: char| !first.is_alphanumeric())
            .starts_with(char::is_numeric) =>
        {
            format!("Value{}", pascal(&spelled).trim_start_matches('X'))
        }
        _ => pascal(&spelled),
    }
}

/// The names without the first word of dotted values, when all begin with it: then it tells nothing
/// apart. `None` if that leaves no names.
fn shortened(values: &[String], names: &[String]) -> Option<Vec<String>> {
    let (prefix, _) = values.first()?.split_once('.')?;
    let all = values.iter().all(|value| {
        value
            .split_once('.')
            .is_some_and(|(first, _)| first == prefix)
    });
    if values.len() < 2 || !all {
        return None;
    }
    let prefix = pascal(prefix);
    let scope = Scope::of_variants();
    let short: Vec<String> = names
        .iter()
        .map(|name| name.strip_prefix(&prefix).unwrap_or(name).to_owned())
        .collect();
    let distinct: BTreeSet<&String> = short.iter().collect();
    let are_names = short
        .iter()
        .all(|name| scope.is_free(name) && name.starts_with(char::is_uppercase));
    (are_names && distinct.len() == short.len()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(values: &[&str]) -> Vec<String> {
        variants(&values.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn values_are_told_apart() {
        for (values, expected) in [
            (&["a-b", "c_d"][..], &["AB", "CD"][..]),
            (&["a-b", "a_b", ""], &["AMinusB", "AB", "Empty"]),
            (&["3-master", "self"], &["Value3MinusMaster", "SelfObject"]),
            (&["a", "A"], &["A", "A2"]),
            (&["unknown_value", "other"], &["UnknownValue_", "Other"]),
            (&["v1.a", "v1.b_c"], &["A", "BC"]),
            (&["v1.a", "v1.3d"], &["V1A", "V13d"]),
            (&["-", "_"], &["Minus", "U5f"]),
        ] {
            assert_eq!(names(values), expected, "{values:?}");
        }
    }

    #[test]
    fn fields_are_told_apart() {
        let named = fields(
            Scope::of_object_fields(),
            ["fooBar", "foo_bar", "extra", "type"].into_iter(),
        );
        let expected = [
            ("extra", "extra_"),
            ("fooBar", "foo_bar_2"),
            ("foo_bar", "foo_bar"),
            ("type", "type_"),
        ];
        assert_eq!(
            named,
            expected.map(|(wire, name)| (wire.to_owned(), name.to_owned()))
        );
    }
}
