//! From the document as upstream writes it to one that the generator understands.
//!
//! The work is a table of fixups, applied in order. Each is one named function that rewrites one
//! idiom wherever it stands, and answers how often it did; one that finds nothing to do has outlived
//! its cause and is an error. What the vendor does and what the generator cannot do are kept apart:
//! [`vendor`] and [`generator`].

mod generator;
mod hoist;
mod names;
pub(crate) mod rust_type;
mod vendor;

use serde_json::Value;

use crate::{Error, Pointer, Result, Stage};

pub(crate) use names::{pascal_case, singular, snake_case};
pub(crate) use rust_type::RUNTIME;

/// One rewriting of the document.
pub(crate) struct Fixup {
    /// The name under which errors speak of it.
    pub(crate) name: &'static str,
    /// Why it is needed.
    pub(crate) why: &'static str,
    apply: fn(&mut Value) -> Result<usize>,
}

macro_rules! fixups {
    ($( $module:ident::$function:ident: $why:literal, )*) => {
        &[$( Fixup { name: stringify!($function), why: $why, apply: $module::$function }, )*]
    };
}

/// All fixups, in the order in which they are applied.
pub(crate) const FIXUPS: &[Fixup] = fixups![
    vendor::drop_empty_bodies: "every GET carries an empty form as its body",
    vendor::check_form_encoding: "every form property repeats the one encoding that the API has",
    vendor::drop_error_answers: "every operation answers `default` with the same error, which the runtime reads",
    vendor::type_ids: "ids are strings in the document, and types here",
    vendor::type_marked: "currencies and amounts are bare strings and numbers in the document",
    vendor::type_timestamps: "times are integers with the vendor's own format `unix-time`",
    vendor::relax_marked: "a property that the document requires is known to be left out at times",
    vendor::keep_cut_references_raw: "a reference that the slice cuts leads to an object kept as raw JSON",
    vendor::type_expandables: "a reference is an id, or the object when the request expands it",
    vendor::unwrap_single_choices: "a nullable reference is written as a choice of one",
    vendor::type_ranges: "a filter is a number or an object of bounds",
    vendor::type_clearables: "a parameter that can be cleared is a choice of a value and the empty string",
    vendor::type_lists: "each list repeats the envelope that all lists share",
    vendor::share_object_tags: "each object names its own type in an enum of one value",
    vendor::collect_event_types: "the event types are a list beside the schemas",
    vendor::drop_expansion_repeats: "`x-expansionResources` repeats the references beside it",
    generator::collect_parameters: "the generator drops the name of an object in a query, so parameters become one struct as bodies are",
    generator::name_components: "component names are the vendor's internal ones",
    hoist::hoist_inline_types: "the generator names inline types by their titles, and takes the first of one name for all",
    generator::drop_nullable: "the generator ignores `nullable` beside a type of the runtime's, and every null may also be absent",
    generator::drop_limits: "the generator makes a checked newtype of every limited string, and refuses answers by it",
    generator::name_operations: "operation ids are the vendor's paths, not the names of the slice",
];

/// Applies every fixup.
pub(crate) fn normalise(document: &mut Value) -> Result<()> {
    FIXUPS
        .iter()
        .try_for_each(|fixup| match (fixup.apply)(document)? {
            0 => Err(Error::new(
                Stage::Normalise,
                Pointer::root(),
                format!(
                    "the fixup `{}` found nothing to do; it is there because {}",
                    fixup.name, fixup.why
                ),
                "if upstream has changed that, remove the fixup",
            )),
            _ => Ok(()),
        })
}

#[cfg(test)]
mod tests;
