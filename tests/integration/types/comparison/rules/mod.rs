//! Every deliberate difference between the document and the types.

mod answers;
mod operations;
mod texts;

use super::difference::{Difference, Sides};

/// A deliberate difference.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    /// The keywords that it is about.
    pub(crate) keywords: &'static [&'static str],
    /// Why the types are not as the document is.
    pub(crate) reason: &'static str,
    /// Whether the rule accounts for all of a difference. It looks at both sides, so that it accounts
    /// for nothing but what it was made for.
    pub(crate) explains: fn(&Difference<'_>, &Sides<'_>) -> bool,
}

macro_rules! rules {
    ($( $module:ident::$name:ident [$( $keyword:literal ),*]: $reason:literal, )*) => {
        &[$( Rule { name: stringify!($name), keywords: &[$( $keyword ),*], reason: $reason, explains: $module::$name }, )*]
    };
}

/// All rules. The first one that accounts for a difference is the one that is used.
pub(crate) const RULES: &[Rule] = rules![
    answers::open_enums ["open"]: "a value that is not known yet must not make an answer unreadable",
    answers::bypassed_validation ["x-stripeBypassValidation"]: "the vendor marks enums that he extends without notice; here all are open",
    answers::ids ["id"]: "an id is a type, so that one kind cannot be given for another",
    answers::currencies ["named"]: "a currency is a type, and so is a map of amounts",
    answers::redaction ["sensitive"]: "what is personal or secret is not shown by `Debug`",
    answers::null_and_absent ["nullable"]: "what may be absent is an `Option`, which also reads null",
    answers::relaxed ["optional", "required"]: "the document requires the field, and answers without it have been seen",
    answers::expandables ["expands to"]: "a reference is an id or the object; the document repeats the object beside it",
    answers::cut_references ["named", "x-cutReference"]: "what lies outside the slice is kept as raw JSON",
    answers::choices_of_cuts ["anyOf", "named", "type", "x-cutReference"]: "a choice between objects that are kept raw is raw itself",
    answers::single_choices ["anyOf", "ref"]: "a nullable reference is written as a choice of one",
    answers::object_tags ["enum", "ref", "tag", "type"]: "the texts in which objects name their own type are one enum",
    answers::wide_integers ["format"]: "the document gives integers no width; amounts need 64 bits",
    answers::times_in_ranges ["format"]: "the bounds of a time filter are bare integers in the document",
    answers::closed_parameters ["additional"]: "nothing can be sent but what the document names",
    texts::limits ["maxLength", "pattern"]: "how long a text may be is left to the API, so that a limit it lifts is lifted here",
    texts::titles ["title"]: "titles are the vendor's names of inline types; the overlay gives names here",
    texts::expandable_fields ["x-expandableFields"]: "the list repeats which properties hold objects",
    texts::resource_ids ["x-resourceId"]: "the mark repeats the object's tag",
    texts::field_names ["field"]: "a field is named as on the wire, with `_` after a word of Rust's",
    texts::variant_names ["declared", "variant"]: "a variant is named as its text, in Rust's case",
    operations::operation_ids ["operationId"]: "the vendor's ids repeat method and path; the slice names operations here",
    operations::functions ["function", "sent as"]: "the method of the client is the slice's name",
    operations::arguments ["argument"]: "what is required is an argument",
    operations::empty_bodies ["body", "body required"]: "every GET carries an empty form, which is not sent",
    operations::required_bodies ["body required"]: "a body is always sent; it is required where one of its fields is",
    operations::error_answers ["media type", "ref"]: "the runtime reads errors, for every operation alike",
    operations::runtime ["openapi", "security", "security scheme", "server"]: "authentication and the server's address belong to the runtime",
];
