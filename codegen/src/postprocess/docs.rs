//! Doc comments from the document's descriptions.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The description of a place as doc attributes; none where it has none.
pub(super) fn of(place: &Value) -> TokenStream {
    text(
        place
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default(),
    )
}

/// A text as doc attributes, a line each.
pub(super) fn text(text: &str) -> TokenStream {
    let lines = text.trim_end().lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #( #[doc = #lines] )* }
}
