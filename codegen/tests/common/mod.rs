//! The documents that the tests work on.

use std::path::Path;

use codegen::Slice;
use serde_json::Value;

/// The committed trimmed document.
pub(crate) fn committed() -> Value {
    codegen::parse(include_str!("../../../openapi/financial-connections.json")).unwrap()
}

/// The committed slice.
pub(crate) fn slice() -> Slice {
    Slice::parse(include_str!("../../../openapi/slice.toml")).unwrap()
}

/// A file of the vendor's that is not part of the repository: `None`, and a word about it, when it
/// does not lie beside the checkout.
pub(crate) fn shared(path: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(path);
    let text = std::fs::read_to_string(file).ok();
    if text.is_none() {
        println!("skipped: ../shared/{path} does not lie beside this checkout");
    }
    text
}
