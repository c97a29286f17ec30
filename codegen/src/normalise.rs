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
mod requests;
pub(crate) mod rust_type;
mod sent;
mod unions;
mod untyped;
mod vendor;

use serde_json::Value;

use crate::names::Names;
use crate::{Error, Pointer, Result, Stage};

pub(crate) use rust_type::RUNTIME;
pub(crate) use untyped::UNTYPED;

/// One rewriting of the document.
#[derive(Clone, Copy)]
pub(crate) struct Fixup {
    /// The name under which errors speak of it.
    pub(crate) name: &'static str,
    /// Why it is needed.
    pub(crate) why: &'static str,
    /// Whether the committed slice has the idiom.
    pub(crate) scope: Scope,
    apply: Apply,
}

/// What a fixup works on.
#[derive(Clone, Copy)]
enum Apply {
    Plain(fn(&mut Value) -> Result<usize>),
    /// One that gives names to types.
    Naming(fn(&mut Value, &mut Names) -> Result<usize>),
}

impl Fixup {
    fn apply(&self, document: &mut Value, names: &mut Names) -> Result<usize> {
        match self.apply {
            Apply::Plain(apply) => apply(document),
            Apply::Naming(apply) => apply(document, names),
        }
    }
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
    ($( $scope:ident $kind:ident $module:ident::$function:ident: $why:literal, )*) => {
        &[$( Fixup {
            name: stringify!($function),
            why: $why,
            scope: $scope,
            apply: Apply::$kind($module::$function),
        }, )*]
    };
}

/// All fixups, in the order in which they are applied.
pub(crate) const FIXUPS: &[Fixup] = fixups![
    Here Plain bodies::drop_empty_bodies: "every GET carries an empty form as its body",
    Here Plain bodies::drop_form_encoding: "every form property repeats the one encoding that the API has",
    Wider Plain bodies::choose_body: "a body may be offered as a form and as JSON",
    Here Plain bodies::drop_error_answers: "every operation answers `default` with the same error, which the runtime reads",
    Wider Plain sent::copy_sent_components: "a body may refer to a schema that answers have too, and what is sent is another type",
    Here Plain marked::type_ids: "ids are strings in the document, and types here",
    Here Plain marked::type_marked: "currencies and amounts are bare strings and numbers in the document",
    Here Plain vendor::type_timestamps: "times are integers with the vendor's own format `unix-time`",
    Wider Plain vendor::drop_formats: "a string with a format of its own is a string",
    Wider Plain vendor::type_numbers: "a number may have decimals that a binary fraction cannot hold",
    Here Plain marked::relax_marked: "a property that the document requires is known to be left out at times",
    Here Plain vendor::keep_cut_references_raw: "a reference that the slice cuts leads to an object kept as raw JSON",
    Wider Plain vendor::type_free_objects: "an object that says nothing of its properties",
    Here Plain vendor::type_expandables: "a reference is an id, or the object when the request expands it",
    Here Plain vendor::unwrap_single_choices: "a nullable reference is written as a choice of one",
    Here Plain vendor::type_ranges: "a filter is a number or an object of bounds",
    Here Plain vendor::type_clearables: "a parameter that can be cleared is a choice of a value and the empty string",
    Here Naming requests::name_requests: "the names of the slice and of the overlay come before those that schemas give",
    Wider Naming unions::type_unions: "objects of several types in one place, told apart by their `object`",
    Wider Plain unions::type_choices: "a parameter in one of several forms",
    Wider Plain untyped::type_rest: "what is left has no type of its own",
    Wider Plain untyped::inline_typed_components: "a component may be another name for a type of the runtime",
    Wider Plain vendor::drop_value_enums: "`deleted` is an enum of the one value `true`",
    Here Plain vendor::type_lists: "each list repeats the envelope that all lists share",
    Here Plain vendor::share_object_tags: "each object names its own type in an enum of one value",
    Here Plain vendor::collect_event_types: "the event types are a list beside the schemas",
    Here Plain requests::collect_parameters: "the generator drops the name of an object in a query, so parameters become one struct as bodies are",
    Here Naming generator::name_components: "component names are the vendor's internal ones",
    Here Naming hoist::hoist_inline_types: "the generator names inline types by their titles, and takes the first of one name for all",
    Here Plain generator::drop_nullable: "the generator ignores `nullable` beside a type of the runtime's, and every null may also be absent",
];

/// Applies every fixup. In the committed slice each one must have its cause.
pub(crate) fn normalise(document: &mut Value, names: &mut Names, committed: bool) -> Result<()> {
    FIXUPS.iter().try_for_each(|fixup| {
        let count = fixup.apply(document, names)?;
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
