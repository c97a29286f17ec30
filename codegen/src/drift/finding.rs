//! One change: where, what, and what it means.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde_json::Value;

use super::effects::Effects;
use crate::pointer::Pointer;

/// One change between the two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The place as a person calls it, such as `accounts.list: account_holder.customer`.
    pub name: String,
    /// The place in upstream's document; for what is gone, in the committed one.
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
    /// A component schema.
    Schema,
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
    /// The same meaning, written otherwise.
    Spelling,
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

/// A place in both documents, and what a person calls it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    name: String,
    ours: Pointer,
    theirs: Pointer,
    direction: Option<Direction>,
}

impl Place {
    pub(super) fn new(name: impl Display, at: Pointer) -> Self {
        Self {
            name: name.to_string(),
            ours: at.clone(),
            theirs: at,
            direction: None,
        }
    }

    pub(super) fn directed(&self, direction: Direction) -> Self {
        Self {
            direction: Some(direction),
            ..self.clone()
        }
    }

    /// The member `key` of this place, under a name of its own.
    pub(super) fn below(&self, name: impl Display, key: impl ToString) -> Self {
        self.apart(name, &[key.to_string()], &[key.to_string()])
    }

    /// A place below this one that has another pointer in each document.
    pub(super) fn apart(&self, name: impl Display, ours: &[String], theirs: &[String]) -> Self {
        let extended = |base: &Pointer, by: &[String]| {
            by.iter().fold(base.clone(), |at, segment| at.join(segment))
        };
        Self {
            name: name.to_string(),
            ours: extended(&self.ours, ours),
            theirs: extended(&self.theirs, theirs),
            direction: self.direction,
        }
    }

    /// The member `key`, called as this place is.
    pub(super) fn keyword(&self, key: impl ToString) -> Self {
        self.below(self.name.clone(), key)
    }

    /// A part of the value here, by a dotted name.
    pub(super) fn part_name(&self, part: &str) -> String {
        if self.name.ends_with(':') {
            format!("{} {part}", self.name)
        } else {
            format!("{}.{part}", self.name)
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn added(&self, what: What, effects: Effects, now: impl Display) -> Finding {
        self.finding(what, Change::Added, effects, None, Some(now.to_string()))
    }

    pub(super) fn removed(&self, what: What, effects: Effects, was: impl Display) -> Finding {
        self.finding(what, Change::Removed, effects, Some(was.to_string()), None)
    }

    pub(super) fn changed(
        &self,
        what: What,
        effects: Effects,
        was: impl Display,
        now: impl Display,
    ) -> Finding {
        let (was, now) = (Some(was.to_string()), Some(now.to_string()));
        self.finding(what, Change::Changed, effects, was, now)
    }

    /// A finding of a keyword that one of the documents may lack.
    pub(super) fn keyword_changed(
        &self,
        what: What,
        effects: Effects,
        was: Option<&Value>,
        now: Option<&Value>,
    ) -> Finding {
        let change = match (was, now) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            _ => Change::Changed,
        };
        let text = |value: Option<&Value>| value.map(|value| shown(Some(value)));
        self.finding(what, change, effects, text(was), text(now))
    }

    fn finding(
        &self,
        what: What,
        change: Change,
        effects: Effects,
        was: Option<String>,
        now: Option<String>,
    ) -> Finding {
        let at = if change == Change::Removed {
            &self.ours
        } else {
            &self.theirs
        };
        Finding {
            name: self.name.trim_end_matches(':').to_owned(),
            at: at.clone(),
            what,
            change,
            direction: self.direction,
            effects,
            was,
            now,
            note: None,
        }
    }
}

impl Finding {
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(super) fn at(mut self, at: Pointer) -> Self {
        self.at = at;
        self
    }
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compares the members of two objects as they stand. `effects` gives what a change of a keyword
    /// does, or `None` for one that is compared elsewhere.
    pub(super) fn keywords(
        &mut self,
        place: &Place,
        ours: &Value,
        theirs: &Value,
        effects: impl Fn(&str) -> Option<Effects>,
    ) {
        for (keyword, was, now) in pairs(ours, theirs) {
            if was != now
                && let Some(effects) = effects(keyword)
            {
                let what = What::Keyword(keyword.to_owned());
                let place = place.keyword(keyword);
                self.add(place.keyword_changed(what, effects, was, now));
            }
        }
    }

    /// The gravest first, then in the order of their places.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        let key = |finding: &Finding| {
            let Finding {
                effects,
                name,
                what,
                change,
                at,
                ..
            } = finding;
            (
                effects.rank(),
                name.clone(),
                what.clone(),
                *change,
                at.clone(),
            )
        };
        self.0.sort_by_cached_key(key);
        self.0
    }
}

/// The members of two objects by their names, in order.
pub(super) fn pairs<'v>(
    ours: &'v Value,
    theirs: &'v Value,
) -> impl Iterator<Item = (&'v str, Option<&'v Value>, Option<&'v Value>)> {
    let keys = |value: &'v Value| {
        value
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys())
    };
    let keys: BTreeSet<&str> = keys(ours).chain(keys(theirs)).map(String::as_str).collect();
    keys.into_iter()
        .map(|key| (key, ours.get(key), theirs.get(key)))
}

/// A value as a finding shows it.
pub(super) fn shown<'v>(value: impl Into<Option<&'v Value>>) -> String {
    match value.into() {
        None => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
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
            Self::Schema => "schema",
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
            Self::Spelling => "spelling",
        })
    }
}

impl Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
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
