//! From the document as upstream writes it to one that the generator understands.
//!
//! The work is a table of fixups, applied in order. Each is one named function that rewrites one
//! idiom wherever it stands, and answers how often it did; one that finds nothing to do has outlived
//! its cause and is an error. What the vendor does ([`bodies`], [`vendor`], [`unions`]), what the overlay
//! marks ([`marked`]) and what the generator cannot do ([`generator`], [`hoist`]) are kept apart.

mod bodies;
mod generator;
mod hoist;
mod marked;
pub(crate) mod rust_type;
mod unions;
mod vendor;

use serde_json::Value;

use crate::{Error, Pointer, Result, Stage};

pub(crate) use rust_type::RUNTIME;
pub(crate) use unions::UNTYPED;

/// One rewriting of the document.
#[derive(Clone, Copy)]
pub(crate) struct Fixup {
    /// The name under which errors speak of it.
    pub(crate) name: &'static str,
    /// Why it is needed.
    pub(crate) why: &'static str,
    /// Whether the committed slice has the idiom.
    pub(crate) scope: Scope,
    apply: fn(&mut Value) -> Result<usize>,
}

/// Where an idiom is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// In Financial Connections, so that the fixup must find something there.
    Here,
    /// Only in other parts of the API.
    Wider,
}

use Scope::{Here, Wider};

macro_rules! fixups {
    ($( $scope:ident $module:ident::$function:ident: $why:literal, )*) => {
        &[$( Fixup { name: stringify!($function), why: $why, scope: $scope, apply: $module::$function }, )*]
    };
}

/// All fixups, in the order in which they are applied.
pub(crate) const FIXUPS: &[Fixup] = fixups![
    Here bodies::drop_empty_bodies: "every GET carries an empty form as its body",
    Here bodies::check_form_encoding: "every form property repeats the one encoding that the API has",
    Here bodies::drop_error_answers: "every operation answers `default` with the same error, which the runtime reads",
    Here marked::type_ids: "ids are strings in the document, and types here",
    Here marked::type_marked: "currencies and amounts are bare strings and numbers in the document",
    Here vendor::type_timestamps: "times are integers with the vendor's own format `unix-time`",
    Wider vendor::drop_decimals: "a number with its decimals is a string with a format of its own",
    Wider vendor::type_numbers: "a number may have decimals that a binary fraction cannot hold",
    Here marked::relax_marked: "a property that the document requires is known to be left out at times",
    Here vendor::keep_cut_references_raw: "a reference that the slice cuts leads to an object kept as raw JSON",
    Wider vendor::type_free_objects: "an object that says nothing of its properties",
    Here vendor::type_expandables: "a reference is an id, or the object when the request expands it",
    Here vendor::unwrap_single_choices: "a nullable reference is written as a choice of one",
    Here vendor::type_ranges: "a filter is a number or an object of bounds",
    Here vendor::type_clearables: "a parameter that can be cleared is a choice of a value and the empty string",
    Wider unions::type_unions: "objects of several types in one place, told apart by their `object`",
    Wider unions::type_choices: "a parameter in one of several forms",
    Wider vendor::drop_value_enums: "`deleted` is an enum of the one value `true`",
    Here vendor::type_lists: "each list repeats the envelope that all lists share",
    Here vendor::share_object_tags: "each object names its own type in an enum of one value",
    Here vendor::collect_event_types: "the event types are a list beside the schemas",
    Here vendor::drop_expansion_repeats: "`x-expansionResources` repeats the references beside it",
    Here generator::collect_parameters: "the generator drops the name of an object in a query, so parameters become one struct as bodies are",
    Here generator::name_components: "component names are the vendor's internal ones",
    Here hoist::hoist_inline_types: "the generator names inline types by their titles, and takes the first of one name for all",
    Wider hoist::name_colliding_values: "values that differ in case or punctuation only have one name for the generator",
    Here generator::drop_nullable: "the generator ignores `nullable` beside a type of the runtime's, and every null may also be absent",
    Here generator::drop_limits: "the generator makes a checked newtype of every limited string, and refuses answers by it",
    Here generator::name_operations: "operation ids are the vendor's paths, not the names of the slice",
];

/// Applies every fixup. In the committed slice each one must have its cause.
pub(crate) fn normalise(document: &mut Value, committed: bool) -> Result<()> {
    FIXUPS.iter().try_for_each(|fixup| {
        let count = (fixup.apply)(document)?;
        if count == 0 && committed && fixup.scope == Here {
            return Err(Error::new(
                Stage::Normalise,
                Pointer::root(),
                format!(
                    "the fixup `{}` found nothing to do; it is there because {}",
                    fixup.name, fixup.why
                ),
                "if upstream has changed that, remove the fixup",
            ));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests;
