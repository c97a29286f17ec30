//! What generated names must leave alone, as data.

/// Rust's prelude, and what the runtime gives to every generated file.
pub(super) const TYPES: &[&str] = &[
    "Amounts",
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Call",
    "Clearable",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Currency",
    "Debug",
    "Default",
    "Drop",
    "Either",
    "Eq",
    "Err",
    "Error",
    "Event",
    "Expandable",
    "Extra",
    "Fn",
    "FnMut",
    "FnOnce",
    "Form",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Item",
    "Iterator",
    "List",
    "Listed",
    "Method",
    "None",
    "Number",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "Page",
    "PartialEq",
    "PartialOrd",
    "RangeQuery",
    "RawJson",
    "Response",
    "Result",
    "Sealed",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "UnknownValue",
    "Unpin",
    "Vec",
];

/// The methods of every client, which those of the resources stand beside, and the modules that
/// theirs stand beside.
pub(super) const RESOURCES: &[&str] = &[
    "alloc",
    "builder",
    "client",
    "clone",
    "core",
    "enums",
    "fmt",
    "from",
    "ids",
    "into",
    "json_schemas",
    "new",
    "objects",
    "parameters",
    "params",
    "raw",
    "requests",
    "schemas",
    "service",
    "share",
    "std",
    "types",
    "v1",
];

/// The constructor of every resource's type.
pub(super) const FUNCTIONS: &[&str] = &["new"];

/// The methods of every request, whatever its parameters.
pub(crate) const REQUEST_METHODS: &[&str] = &[
    "deadline",
    "header",
    "idempotency_key",
    "lenient",
    "max_retries",
    "pages",
    "param",
    "secret_key",
    "send",
    "send_blocking",
    "stream",
    "stripe_account",
    "stripe_context",
    "stripe_version",
    "timeout",
];

/// The field of every object that keeps unknown ones.
pub(super) const OBJECT_FIELDS: &[&str] = &["extra"];

/// The constructor of parameters, beside their setters.
pub(super) const PARAMS_METHODS: &[&str] = &["new"];

/// The variant of every enum that keeps unknown values, and the keyword that is written like one.
pub(super) const VARIANTS: &[&str] = &["Self", "UnknownValue"];

/// The variant of every union that keeps other objects.
pub(super) const UNION_VARIANTS: &[&str] = &["Other", "Self"];

/// The constants that every file of requests has.
pub(super) const CONSTANTS: &[&str] = &["RAW", "SERVICE"];

/// Whether a word belongs to the language, in any of its editions.
pub(super) fn is_keyword(word: &str) -> bool {
    word == "gen" || syn::parse_str::<syn::Ident>(word).is_err()
}
