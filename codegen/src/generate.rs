//! Running progenitor on the normalised document.

use std::panic::{AssertUnwindSafe, catch_unwind};

use progenitor_impl::{CrateVers, GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

use crate::normalise::RUNTIME;
use crate::{Error, Pointer, Result, Stage};

/// Progenitor's output for the document: a `types` module and a positional method per operation.
pub(crate) fn generate(document: &Value) -> Result<syn::File> {
    let openapi = serde_json::from_value(document.clone())
        .map_err(|error| refused(format!("not OpenAPI 3.0: {error}")))?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_crate(RUNTIME, CrateVers::Any, None);
    // It panics where it meets what it cannot express. The verify stage knows every such place that
    // has been met so far; this is for those that have not.
    let tokens = catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&settings).generate_tokens(&openapi)
    }))
    .map_err(|panic| {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or(panic.downcast_ref::<&str>().copied());
        refused(format!(
            "progenitor panicked: {}",
            message.unwrap_or("without a message")
        ))
    })?
    .map_err(|error| refused(format!("progenitor: {error}")))?;
    syn::parse2(tokens)
        .map_err(|error| refused(format!("progenitor's output is not Rust: {error}")))
}

fn refused(problem: String) -> Error {
    Error::new(
        Stage::Generate,
        Pointer::root(),
        problem,
        "find the place by leaving operations out of the slice, and add a check for it to codegen/src/verify.rs",
    )
}
