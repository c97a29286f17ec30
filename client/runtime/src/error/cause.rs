//! Redacted error sources.
//!
//! The causes are the last link of `source()` chains that people print whole. The errors of the
//! JSON parser quote the value they stumble over, and those of the HTTP client the URL, with the ids
//! and parameters in it. Both are personal data here.

use std::error::Error as StdError;
use std::fmt;

/// Why a body did not decode: what was expected, what kind of value was found, and where.
#[derive(Debug)]
pub(crate) struct DecodeCause(String);

impl DecodeCause {
    pub(crate) fn new(error: &serde_json::Error) -> Self {
        Self(format!(
            "{} at line {} column {}",
            reason(error),
            error.line(),
            error.column()
        ))
    }
}

/// The field that an object lacks, if that is what is wrong. Its name is ours, and not the body's.
pub(crate) fn missing_field(error: &serde_json::Error) -> Option<String> {
    quoted(&error.to_string(), "missing field `")
}

fn quoted(text: &str, prefix: &str) -> Option<String> {
    let (name, _) = text.strip_prefix(prefix)?.split_once('`')?;
    Some(name.to_owned())
}

/// The part of the parser's message that does not depend on the values in the body.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if let Some(field) = quoted(&text, "missing field `") {
        return format!("missing field `{field}`");
    }
    if !error.is_data() {
        return (if error.is_eof() {
            "the text ends too early"
        } else {
            "not JSON"
        })
        .to_owned();
    }
    // "invalid type: string \"Jane\", expected i64 at line 1 column 9": the value stands between the
    // first word and the last "expected", and may itself hold such words.
    let found = text
        .strip_prefix("invalid type: ")
        .map(|rest| rest.split([' ', ',']).next().unwrap_or_default());
    let expected = text
        .rsplit_once(", expected ")
        .map(|(_, rest)| rest.rsplit_once(" at line ").map_or(rest, |(rest, _)| rest));
    match (found, expected) {
        (Some(found), Some(expected)) => format!("found {found}, expected {expected}"),
        (None, Some(expected)) => format!("expected {expected}"),
        _ => "unexpected value".to_owned(),
    }
}

impl fmt::Display for DecodeCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for DecodeCause {}

/// Why an exchange broke off.
#[derive(Debug)]
pub(crate) struct TransportCause(reqwest::Error);

impl TransportCause {
    pub(crate) fn new(error: reqwest::Error) -> Self {
        Self(error.without_url())
    }
}

impl fmt::Display for TransportCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for TransportCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: serde::de::DeserializeOwned + fmt::Debug>(body: &str, expected: &str) {
        let error = serde_json::from_str::<T>(body).unwrap_err();
        assert_eq!(DecodeCause::new(&error).to_string(), expected);
    }

    #[test]
    fn values_are_left_out() {
        check::<i64>(
            r#""Jane, expected Doe""#,
            "found string, expected i64 at line 1 column 20",
        );
        check::<i64>("77.5", "found floating, expected i64 at line 1 column 4");
        check::<u8>("777", "expected u8 at line 1 column 3");
        check::<i64>("<html>Jane", "not JSON at line 1 column 1");
        check::<Vec<i64>>("[1,", "the text ends too early at line 1 column 3");
        check::<crate::types::List<i64>>(
            r#"{"data":[]}"#,
            "missing field `has_more` at line 1 column 11",
        );
    }
}
