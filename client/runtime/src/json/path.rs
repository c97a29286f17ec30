//! Which field of a JSON text stands at a line and column.
//!
//! The parser says where it stopped, and not in what. This finds out by reading the text up to
//! there: it is run on failure only, so that decoding keeps no track of where it is.

use std::fmt::Write;

/// The path of the value at that place, for example `data[3].balance.as_of`; empty for the whole.
///
/// `line` counts from 1, and `column` is the number of bytes read of that line, as the parser counts
/// them. The text up to there is sound JSON, or the parser would not have come so far.
pub(crate) fn path_at(text: &[u8], line: usize, column: usize) -> String {
    let start = line_start(text, line);
    let end = text.len().min(start.saturating_add(column));
    path(&scan(text.get(..end).unwrap_or(text)))
}

fn line_start(text: &[u8], line: usize) -> usize {
    let mut newlines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    match line.checked_sub(2) {
        None => 0,
        Some(skip) => newlines
            .nth(skip)
            .map_or(text.len(), |(index, _)| index + 1),
    }
}

/// A container that is open where the text ends, and the place in it.
enum Step<'a> {
    /// The key, as it is written, once it has been read.
    Object(Option<&'a [u8]>),
    Array(usize),
}

fn scan(text: &[u8]) -> Vec<Step<'_>> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' => open.push(Step::Object(None)),
            b'[' => open.push(Step::Array(0)),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Step::Object(key)) => *key = None,
                Some(Step::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let end = string_end(text, at + 1);
                if let Some(Step::Object(key @ None)) = open.last_mut() {
                    *key = text.get(at + 1..end);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    open
}

/// The index of the quotation mark that ends a string, or the end of the text.
fn string_end(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn path(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&String::from_utf8_lossy(key));
            }
            Step::Object(None) => {}
            // Writing to a string cannot fail.
            Step::Array(index) => drop(write!(path, "[{index}]")),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::DeserializeOwned;

    use super::*;

    #[track_caller]
    fn check<T: DeserializeOwned + std::fmt::Debug>(text: &str, expected: &str) {
        let error = serde_json::from_str::<T>(text).unwrap_err();
        assert!(error.is_data(), "{error}");
        assert_eq!(
            path_at(text.as_bytes(), error.line(), error.column()),
            expected,
            "{error}"
        );
    }

    type Numbers = BTreeMap<String, Vec<i64>>;

    #[test]
    fn fields_and_items_are_named() {
        check::<Numbers>(r#"{"a":[1,2],"b":[3,"x"]}"#, "b[1]");
        check::<Numbers>(r#"{"a":[{}]}"#, "a[0]");
        check::<Numbers>(r#"{"a":[1, {}]}"#, "a[1]");
        check::<Numbers>(r#"{"a": "x"}"#, "a");
        check::<Numbers>(r#"{"a":null,"b":[]}"#, "a");
        check::<Vec<Numbers>>(r#"[{"a":[]},{"a":[],"b":[1.5]}]"#, "[1].b[0]");
        check::<Numbers>("[1]", "");
        check::<i64>(r#""x""#, "");
    }

    #[test]
    fn white_space_and_line_breaks_do_not_matter() {
        check::<Numbers>(
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": [\n    true\n  ]\n}\n",
            "b[0]",
        );
        check::<Numbers>("{\n  \"a\": {\n  }\n}\n", "a");
    }

    #[test]
    fn quotes_and_brackets_in_strings_do_not_matter() {
        check::<BTreeMap<String, bool>>(r#"{"a\"}]":true,"b":"],\\"}"#, "b");
        check::<Vec<String>>(r#"["[{\"", "\\", 7]"#, "[2]");
    }

    #[test]
    fn a_missing_member_is_looked_for_in_its_object() {
        check::<Vec<crate::types::List<i64>>>(r#"[{"data":[],"has_more":true}]"#, "[0]");
    }

    #[test]
    fn no_place_panics() {
        let text = br#"{"a":[1,"\"#;
        for line in 0..4 {
            for column in [0, 1, 5, 9, 10, 11, usize::MAX] {
                let _ = path_at(text, line, column);
            }
        }
    }
}
