//! Decoding of response bodies.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

/// Decodes a value. Where decoding stopped is computed only on failure, by [`super::path_at`].
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_str(text(body)?)
}

/// Whether the body is the beginning of a JSON object, and ends before the object does.
pub(crate) fn ends_early(body: &[u8]) -> bool {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    is_object && (ends_within(body) || ends_within_number(body))
}

fn ends_within(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_err_and(|failure| failure.is_eof())
}

/// The parser takes a number that lacks its last digits for a wrong one.
fn ends_within_number(body: &[u8]) -> bool {
    body.last().is_some_and(|last| b"-+.eE".contains(last)) && ends_within(&[body, b"0"].concat())
}

/// The body as text, which JSON is. Checking the whole at once takes a tenth of the time that
/// checking each string by itself takes, as serde_json does with bytes.
fn text(body: &[u8]) -> Result<&str, serde_json::Error> {
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text),
        // Not text: this fails, and says where.
        Err(_) => serde_json::from_slice::<&RawValue>(body).map(RawValue::get),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_cut_at_any_byte_ends_early() {
        let whole =
            "\r\n {\"error\": {\"message\": \"\u{e9} \\u00e9\", \"n\": [1.5e3, -2e-7, 3E+1, true]}}".as_bytes();
        let begins = whole.iter().position(|byte| *byte == b'{').unwrap();
        for end in 0..=whole.len() {
            let expected = end > begins && end < whole.len();
            assert_eq!(ends_early(&whole[..end]), expected, "{end}");
        }
        for other in [
            &b"<html>"[..],
            b"[1,",
            b"\"x",
            b"{} {",
            b"{\"a\"}",
            b"{]",
            b"{\"a\": x.",
            b"{\"a\": tre",
        ] {
            assert!(!ends_early(other));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_not_json() {
        for body in [&b"{\"id\":\"\xff\"}"[..], b"\xff", b"{}\xff", b"\"\xc3"] {
            let failure = decode::<serde_json::Value>(body).unwrap_err();
            assert!(!failure.is_data() && failure.line() == 1, "{failure}");
        }
    }
}
