//! A place in both documents, and what a person calls it.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde_json::Value;

use super::effects::Effects;
use super::finding::{Change, Direction, Finding, What, Whole};
use crate::pointer::Pointer;

/// A place in both documents, and what a person calls it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    name: String,
    whole: Whole,
    ours: Pointer,
    theirs: Pointer,
    direction: Option<Direction>,
}

impl Place {
    /// A part of the document that stands for itself, such as an operation or a component.
    pub(super) fn new(name: impl Display, at: Pointer) -> Self {
        let name = name.to_string();
        Self {
            whole: Whole {
                name: name.trim_end_matches(':').to_owned(),
                at: at.clone(),
            },
            name,
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
        self.at(
            name,
            extended(&self.ours, ours),
            extended(&self.theirs, theirs),
        )
    }

    /// A part of this place that stands somewhere else in the documents.
    pub(super) fn at(&self, name: impl Display, ours: Pointer, theirs: Pointer) -> Self {
        Self {
            name: name.to_string(),
            whole: self.whole.clone(),
            ours,
            theirs,
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

    /// Where this is in the older document, and where in the newer one.
    pub(super) fn pointers(&self) -> [&Pointer; 2] {
        [&self.ours, &self.theirs]
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

    pub(super) fn renamed(&self, what: What, was: impl Display, now: impl Display) -> Finding {
        let (was, now) = (Some(was.to_string()), Some(now.to_string()));
        self.finding(what, Change::Renamed, Effects::BREAKS_API, was, now)
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
            whole: self.whole.clone(),
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

/// A place further down.
pub(super) fn extended(base: &Pointer, by: &[String]) -> Pointer {
    base.segments().iter().chain(by).cloned().collect()
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
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        Some(value) => value.to_string(),
    }
}
