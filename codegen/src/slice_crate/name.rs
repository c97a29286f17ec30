//! The name of a crate.

use super::sources::CrateSources;
use crate::{Error, Pointer, Result, Stage};

/// The name by which Rust code calls the crate.
pub(super) fn library(sources: &CrateSources<'_>) -> Result<String> {
    let name = sources.library.unwrap_or(sources.package);
    check(sources.package)?;
    check(name)?;
    Ok(name.replace('-', "_"))
}

/// Refuses what cargo does not take, and what is not an identifier in Rust.
fn check(name: &str) -> Result<()> {
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let is_taken = [
        "alloc",
        "core",
        "proc_macro",
        "std",
        "stripe-client-runtime",
        "test",
    ]
    .contains(&name);
    if is_name && !is_taken && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok() {
        return Ok(());
    }
    Err(Error::new(
        Stage::Slice,
        Pointer::root(),
        format!("`{name}` cannot be the name of a crate"),
        "use lower-case letters, digits and hyphens, as in `stripe-customers`",
    ))
}
