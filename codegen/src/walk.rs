//! What each member of an OpenAPI 3.0 object is: the one table by which documents are walked.
//!
//! A key alone says nothing: below `properties`, `description` is the name of a field; in a schema
//! it is prose. So a walk always carries the kind of object that it stands on.

use serde_json::Value;

/// The kind of an object in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Info,
    Server,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Components,
    SecurityScheme,
    Schema,
    /// The value of `x-expansionResources`: it repeats the references of the schema that it stands
    /// in, and leads nowhere on its own.
    Expansion,
}

/// What a member of such an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// Text for readers, examples included.
    Prose,
    /// Text for readers that OpenAPI demands: it can be empty, not absent.
    DemandedProse,
    /// One object of a kind.
    Node(Kind),
    /// Objects of a kind by names of the document's choice.
    Map(Kind),
    /// Objects of a kind in an order.
    List(Kind),
    /// Values whose order means nothing.
    Set,
    /// Anything else: taken over as it is.
    Data,
}

/// The methods that a path item may hold.
pub(crate) const METHODS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

impl Kind {
    /// What the member `key` with this `value` is.
    pub(crate) fn member(self, key: &str, value: &Value) -> Member {
        match (self, key) {
            (Self::Schema, "x-expandableFields") | (Self::Document, "x-event-types") => Member::Set,
            (Self::Schema, "x-expansionResources") => Member::Node(Self::Expansion),
            (Self::Info, key) if !["title", "version"].contains(&key) => Member::Prose,
            // Which fields a reader of the vendor's pages is shown first.
            (_, "x-stripeMostCommon") => Member::Prose,
            // Ours, and it holds a reason.
            (Self::Schema, "x-raw") => Member::Data,
            _ if key.starts_with("x-") && holds_sentence(value) => Member::Prose,
            _ if key.starts_with("x-") => Member::Data,
            _ => self.standard_member(key, value),
        }
    }

    fn standard_member(self, key: &str, value: &Value) -> Member {
        match (self, key) {
            (Self::Document, "info") => Member::Node(Self::Info),
            (Self::Document, "servers") => Member::List(Self::Server),
            (Self::Document, "paths") => Member::Node(Self::Paths),
            (Self::Document, "components") => Member::Node(Self::Components),
            (Self::Document, "tags" | "externalDocs") => Member::Prose,

            (Self::Server, "variables") => Member::Map(Self::Server),
            (Self::Server, "enum") => Member::Set,
            (Self::Server, "description") => Member::Prose,

            (Self::Paths, _) => Member::Node(Self::PathItem),
            (Self::PathItem, _) if METHODS.contains(&key) => Member::Node(Self::Operation),
            (Self::PathItem | Self::Operation, "servers") => Member::List(Self::Server),
            (Self::PathItem | Self::Operation, "parameters") => Member::List(Self::Parameter),
            (Self::PathItem | Self::Operation, "summary" | "description") => Member::Prose,

            (Self::Operation, "externalDocs") => Member::Prose,
            (Self::Operation, "tags") => Member::Set,
            (Self::Operation, "requestBody") => Member::Node(Self::RequestBody),
            (Self::Operation, "responses") => Member::Node(Self::Responses),
            (Self::Operation, "callbacks") => Member::Map(Self::Callback),
            (Self::Callback, _) => Member::Node(Self::PathItem),

            (Self::Parameter | Self::Header | Self::MediaType, "schema") => {
                Member::Node(Self::Schema)
            }
            (
                Self::Parameter | Self::Header | Self::MediaType | Self::Schema,
                "example" | "examples",
            )
            | (
                Self::Parameter | Self::Header | Self::RequestBody | Self::SecurityScheme,
                "description",
            ) => Member::Prose,
            (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => {
                Member::Map(Self::MediaType)
            }
            (Self::MediaType, "encoding") => Member::Map(Self::Encoding),

            (Self::Responses, _) => Member::Node(Self::Response),
            (Self::Response, "description") => Member::DemandedProse,
            (Self::Encoding | Self::Response, "headers") => Member::Map(Self::Header),

            (Self::Components, section) => component_section(section),

            (Self::Schema, "properties") => Member::Map(Self::Schema),
            (Self::Schema, "items" | "not") => Member::Node(Self::Schema),
            (Self::Schema, "additionalProperties") if value.is_object() => {
                Member::Node(Self::Schema)
            }
            (Self::Schema, "allOf" | "anyOf" | "oneOf") => Member::List(Self::Schema),
            (Self::Schema, "enum" | "required") => Member::Set,
            (Self::Schema, "description" | "externalDocs") => Member::Prose,

            (Self::Expansion, "allOf" | "anyOf" | "oneOf") => Member::List(Self::Expansion),

            _ => Member::Data,
        }
    }
}

impl Member {
    /// What one of several is.
    pub(crate) fn element(self) -> Self {
        match self {
            Self::Map(kind) | Self::List(kind) => Self::Node(kind),
            one => one,
        }
    }
}

/// What a section of `components` holds.
pub(crate) fn component_section(section: &str) -> Member {
    match section {
        "schemas" => Member::Map(Kind::Schema),
        "parameters" => Member::Map(Kind::Parameter),
        "headers" => Member::Map(Kind::Header),
        "requestBodies" => Member::Map(Kind::RequestBody),
        "responses" => Member::Map(Kind::Response),
        "securitySchemes" => Member::Map(Kind::SecurityScheme),
        "callbacks" => Member::Map(Kind::Callback),
        "examples" => Member::Prose,
        _ => Member::Data,
    }
}

/// Whether an extension's value holds words for readers. Names, paths and marks have no spaces.
fn holds_sentence(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(char::is_whitespace),
        Value::Array(items) => items.iter().any(holds_sentence),
        Value::Object(members) => members.values().any(holds_sentence),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
