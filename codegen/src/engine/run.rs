//! Running progenitor.

use std::panic::{AssertUnwindSafe, catch_unwind};

use progenitor_impl::{CrateVers, GenerationSettings, Generator, InterfaceStyle};

use super::read::{Decisions, read};
use crate::lower::Lowered;
use crate::normalise::RUNTIME;
use crate::{Error, Pointer, Result, Stage};

/// What progenitor decides about a document.
pub(crate) fn decide(lowered: &Lowered) -> Result<Decisions> {
    let openapi = serde_json::from_value(lowered.document.clone())
        .map_err(|error| refused(format!("not OpenAPI 3.0: {error}")))?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_crate(RUNTIME, CrateVers::Any, None);
    let mut generator = Generator::new(&settings);
    // It panics where it meets what it cannot express. A lowered document has nothing of that kind;
    // should one have it, the user is told so, and not shown a panic.
    let tokens = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(&openapi)))
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
    read(&tokens, generator.get_type_space(), &lowered.table)
}

fn refused(problem: String) -> Error {
    Error::new(
        Stage::Generate,
        Pointer::root(),
        problem,
        "leave operations out of the slice until it passes, and report the one that does not",
    )
}
