//! The name of a crate, and what its manifest says of the runtime.

use super::sources::{CrateSources, RuntimeSource};
use crate::{Error, Pointer, Result, Stage};

/// The name by which Rust code calls the crate.
pub(super) fn library(sources: &CrateSources<'_>) -> Result<String> {
    let name = sources.crate_name.unwrap_or(sources.package);
    check(sources.package)?;
    check(name)?;
    Ok(name.replace('-', "_"))
}

/// Refuses a version of the runtime that cargo does not understand.
pub(super) fn check_runtime(runtime: RuntimeSource<'_>) -> Result<()> {
    let RuntimeSource::Version(version) = runtime else {
        return Ok(());
    };
    match semver::VersionReq::parse(version) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::new(
            Stage::Slice,
            Pointer::root(),
            format!(
                "`{}` is not a version of the runtime: {error}",
                version.escape_debug()
            ),
            "give it as in a manifest: --runtime-version 0.1",
        )),
    }
}

/// Refuses what cargo does not take, and what is not an identifier in Rust.
fn check(name: &str) -> Result<()> {
    let library = name.replace('-', "_");
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    // The compiler warns of the double underscore that it would become.
    let is_name = is_name && !library.contains("__");
    let is_taken = [
        "alloc",
        "core",
        // A word of Rust's since edition 2024, which the parser does not know of.
        "gen",
        "insta",
        "proc_macro",
        "std",
        "stripe_client_runtime",
        "test",
    ]
    .contains(&library.as_str());
    if is_name && !is_taken && syn::parse_str::<syn::Ident>(&library).is_ok() {
        return Ok(());
    }
    Err(Error::new(
        Stage::Slice,
        Pointer::root(),
        format!("`{name}` cannot be the name of a crate"),
        "use lower-case letters, digits and hyphens, as in `stripe-customers`",
    ))
}
