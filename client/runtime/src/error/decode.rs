//! Errors of bodies that do not decode, with the JSON path of the field that failed.

use super::Error;
use super::cause::{DecodeCause, missing_field};
use super::kind::Kind;
use crate::json::path_at;

/// The error of a body that did not decode, within it.
pub(crate) fn decode_error(failure: &serde_json::Error, body: &[u8]) -> Error {
    let detail = match failure.is_data() {
        true => "the answer is not what this operation answers",
        false => "the answer is not JSON",
    };
    let path = failure.is_data().then(|| decode_path(failure, body));
    Error::new(Kind::Decode, detail).with(|inner| {
        inner.path = path.filter(|path| !path.is_empty());
        inner.source = Some(Box::new(DecodeCause::new(failure)));
    })
}

/// Where the fault is. A missing field is nowhere, and named in the object that lacks it.
pub(crate) fn decode_path(failure: &serde_json::Error, body: &[u8]) -> String {
    let mut path = path_at(body, failure.line(), failure.column());
    if let Some(field) = missing_field(failure) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&field);
    }
    path
}
