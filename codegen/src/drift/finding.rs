//! One change: where, what, and what it means.

use std::fmt::{self, Display};

use super::effects::Effects;
use crate::pointer::Pointer;

/// One change between the two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The place as a person calls it, such as `accounts.list: account_holder.customer`.
    pub name: String,
    /// The operation, component or other part of the document that the place belongs to.
    pub whole: Whole,
    /// The place in the newer document; for what is gone, in the older one.
    pub at: Pointer,
    /// What sort of thing changed.
    pub what: What,
    /// What happened to it.
    pub change: Change,
    /// Whether it is sent, received, or both; `None` where that means nothing.
    pub direction: Option<Direction>,
    /// What that does to users.
    pub effects: Effects,
    /// What was there, if anything.
    pub was: Option<String>,
    /// What is there now, if anything.
    pub now: Option<String>,
    /// A remark for the reviewer.
    pub note: Option<String>,
}

/// A part of a document that stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// What a person calls it.
    pub name: String,
    /// Where it is.
    pub at: Pointer,
}

/// What sort of thing changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// An operation, or its method and path.
    Operation,
    /// A parameter in path, query or header.
    Parameter,
    /// A body that is sent.
    Body,
    /// An answer by its status.
    Answer,
    /// A media type of a body or an answer.
    MediaType,
    /// A header of an answer.
    Header,
    /// A type of Rust, called by its component schema.
    RustType,
    /// A method of Rust.
    RustMethod,
    /// A field of an object, sent or received.
    Field,
    /// A value of an enum.
    EnumValue,
    /// Whether the values are listed at all.
    Enum,
    /// One of the forms that a value may have.
    Form,
    /// Which schema a place refers to, or whether it refers to one.
    Reference,
    /// Whether something must be there.
    Required,
    /// Whether null may stand there.
    Nullable,
    /// A type of JSON.
    Type,
    /// How a parameter or field is written on the wire.
    Encoding,
    /// A field that can be expanded.
    Expandable,
    /// An event type.
    Event,
    /// A name at which the slice cuts references.
    Cut,
    /// Any other keyword, by its name: `format`, `maxLength`, `default` …
    Keyword(String),
}

/// What happened to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
    /// It is called otherwise.
    Renamed,
}

/// Which way a value travels, seen from the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Direction {
    /// In requests.
    Sent,
    /// In answers.
    Received,
    /// In both.
    Both,
}

impl Direction {
    /// The effects of a change that does one thing to what is sent and another to what is received.
    pub(super) fn pick(self, sent: Effects, received: Effects) -> Effects {
        match self {
            Self::Sent => sent,
            Self::Received => received,
            Self::Both => sent | received,
        }
    }
}

impl Finding {
    /// What was and what is there, as far as the name does not say it already.
    pub(super) fn values(&self) -> (Option<&str>, Option<&str>) {
        let is_new = |value: &&str| {
            matches!(self.change, Change::Changed | Change::Renamed) || !self.name.ends_with(value)
        };
        (
            self.was.as_deref().filter(is_new),
            self.now.as_deref().filter(is_new),
        )
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(super) fn at(mut self, at: Pointer) -> Self {
        self.at = at;
        self
    }
}

impl Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Answer => "answer",
            Self::MediaType => "media type",
            Self::Header => "header",
            Self::RustType => "type",
            Self::RustMethod => "method",
            Self::Field => "field",
            Self::EnumValue => "enum value",
            Self::Enum => "enum",
            Self::Form => "form",
            Self::Reference => "reference",
            Self::Required => "required",
            Self::Nullable => "nullable",
            Self::Type => "type",
            Self::Encoding => "encoding",
            Self::Expandable => "expandable",
            Self::Event => "event type",
            Self::Cut => "cut",
            Self::Keyword(name) => name,
        })
    }
}

impl Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
        })
    }
}

impl Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Both => "sent and received",
        })
    }
}
