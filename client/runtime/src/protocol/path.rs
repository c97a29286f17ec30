//! Path parameters, and how they are kept from changing the path.

use std::borrow::Cow;
use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::invalid::InvalidValue;

/// What stays readable in a path parameter: the unreserved characters of RFC 3986. A slash, a
/// question mark or a percent sign within an id is part of the id, not of the address.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path with parameters, on its way to being one without.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    text: Cow<'static, str>,
    /// The first parameter that cannot be sent. Kept until the request is, so that building a
    /// request cannot fail.
    refused: Option<(&'static str, &'static str)>,
}

impl Path {
    pub(crate) fn new(template: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(template),
            refused: None,
        }
    }

    /// A path as the caller writes it, for requests that have no template.
    pub(crate) fn raw(text: String) -> Self {
        let refused = raw_fault(&text).map(|fault| ("path", fault));
        Self {
            text: Cow::Owned(text),
            refused,
        }
    }

    /// Puts `value` in the place of `{name}`.
    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        let value = match segment(value) {
            Ok(value) => value,
            Err(fault) => {
                self.refused.get_or_insert((name, fault));
                return;
            }
        };
        let Some((before, rest)) = self.text.split_once('{') else {
            return;
        };
        let Some((_, after)) = rest.split_once('}') else {
            return;
        };
        self.text = Cow::Owned(format!("{before}{value}{after}"));
    }

    /// The path, if every parameter can be sent.
    pub(crate) fn finish(&self) -> Result<&str, InvalidValue> {
        match self.refused {
            None => Ok(&self.text),
            Some(("path", fault)) => Err(InvalidValue::new(format!("the path {fault}"))),
            Some((name, fault)) => Err(InvalidValue::new(format!(
                "the path parameter `{name}` {fault}"
            ))),
        }
    }
}

/// A value as one segment of a path, or what is wrong with it.
fn segment(value: &str) -> Result<impl Display, &'static str> {
    match value {
        "" => Err("is empty"),
        // Encoding does not help: servers and proxies decode the dots and then walk them.
        "." | ".." => Err("is a dot segment"),
        _ => Ok(utf8_percent_encode(value, SEGMENT)),
    }
}

/// An id as one segment of a path that is put together by hand.
#[cfg(feature = "webhook")]
pub(crate) fn encoded_segment(id: &str) -> Result<String, InvalidValue> {
    segment(id)
        .map(|id| id.to_string())
        .map_err(|fault| InvalidValue::new(format!("the id {fault}")))
}

fn raw_fault(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') || path.starts_with("//") {
        return Some("must begin with one slash, as in /v1/accounts");
    }
    if path.contains(['?', '#']) {
        return Some("must not hold a query or a fragment; give parameters with `param`");
    }
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\\\"<>^`{|}".contains(&byte);
    if !path.bytes().all(allowed) {
        return Some("holds a character that must be percent-encoded");
    }
    let dots = |segment: &str| {
        let decoded = segment.replace("%2e", ".").replace("%2E", ".");
        decoded == "." || decoded == ".."
    };
    path.split('/').any(dots).then_some("holds a dot segment")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(value: &str) -> Path {
        let mut path = Path::new("/v1/accounts/{account}/refresh");
        path.set("account", value);
        path
    }

    #[test]
    fn a_value_stays_one_segment() {
        let check = |value, expected: &str| {
            assert_eq!(
                filled(value).finish().unwrap(),
                format!("/v1/accounts/{expected}/refresh")
            );
        };
        check("fca_1", "fca_1");
        check("fca_1/x?y=z", "fca_1%2Fx%3Fy%3Dz");
        check("../../customers", "..%2F..%2Fcustomers");
        check("%2e%2e", "%252e%252e");
        check("{account}", "%7Baccount%7D");
        check("ü \n", "%C3%BC%20%0A");
    }

    #[test]
    fn values_that_would_change_the_path_are_refused() {
        for (value, expected) in [
            ("", "is empty"),
            (".", "dot segment"),
            ("..", "dot segment"),
        ] {
            let error = filled(value).finish().unwrap_err();
            assert!(
                error.to_string().contains(&format!("`account` {expected}"))
                    || error.to_string().contains(expected),
                "{error}"
            );
        }
    }

    #[test]
    fn several_parameters_are_set_in_order() {
        let mut path = Path::new("/a/{x}/b/{y}");
        path.set("x", "1");
        path.set("y", "2");
        assert_eq!(path.finish().unwrap(), "/a/1/b/2");
    }

    #[test]
    fn raw_paths() {
        for good in [
            "/v1/accounts",
            "/v1/accounts/fca_1%2F",
            "/",
            "/v2/core/x-y_z~1",
        ] {
            assert_eq!(Path::raw(good.to_owned()).finish().unwrap(), good);
        }
        for bad in [
            "",
            "v1/x",
            "//evil.example/x",
            "/v1?x=1",
            "/v1#x",
            "/v1/../x",
            "/v1/%2e%2E/x",
            "/v1/./x",
            "/v1 x",
            "/v1/ü",
            "/v1\\x",
        ] {
            assert!(Path::raw(bad.to_owned()).finish().is_err(), "{bad}");
        }
    }
}
