//! One of the two documents, cut down to the slice.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::{Error, Result, Stage};
use crate::pointer::Pointer;
use crate::slice::{OperationKey, Slice};
use crate::slicing::{RefusedOperation, Resolved, matches, resolve};
use crate::trim::{CUT_REFERENCE, EVENT_TYPES, Gaps, TrimReport, Trimmed, trim_leniently};

/// A document as the slice has it.
#[derive(Debug)]
pub(super) struct Side {
    /// The slice with its patterns written out against this document.
    pub(super) slice: Slice,
    pub(super) document: Value,
    pub(super) report: TrimReport,
    pub(super) gaps: Gaps,
    /// What the patterns match and no crate can have.
    pub(super) refused: Vec<RefusedOperation>,
}

impl Side {
    /// Both documents by one slice.
    pub(super) fn both(documents: [&Value; 2], slice: &Slice) -> Result<[Self; 2]> {
        let [older, newer] = documents.map(|document| includes(document, slice));
        for (index, pattern) in slice.include.iter().enumerate() {
            if !older.contains(pattern) && !newer.contains(pattern) {
                return Err(Error::new(
                    Stage::Drift,
                    Pointer::from(["include"]).join(index),
                    format!("`{pattern}` matches no path of either document"),
                    "write a path, or a prefix of paths followed by `/**`",
                ));
            }
        }
        let [one, other] = documents;
        let sides = [
            Self::of(one, slice, older).map_err(|error| of_the("older", &error))?,
            Self::of(other, slice, newer).map_err(|error| of_the("newer", &error))?,
        ];
        if sides.iter().all(|side| side.report.operations.is_empty()) {
            return Err(Error::new(
                Stage::Drift,
                ["paths"],
                "neither document has an operation of the slice",
                "take the slice that belongs to these documents",
            ));
        }
        Ok(sides)
    }

    /// A pattern that matches nothing here has its operations in the other document.
    fn of(document: &Value, slice: &Slice, include: Vec<String>) -> Result<Self> {
        let mut slice = Slice {
            include,
            ..slice.clone()
        };
        slice.keep_prose = false;
        let Resolved { mut slice, refused } = resolve(document, slice)?;
        // What an earlier trim cut stays cut, whatever the slice says today.
        slice.cut.extend(cut_before(document));
        let (Trimmed { document, report }, gaps) = trim_leniently(document, &slice)?;
        Ok(Self {
            slice,
            document,
            report,
            gaps,
            refused,
        })
    }

    /// The event types of the slice that the document has.
    pub(super) fn events(&self) -> BTreeSet<&str> {
        let events = self.document.get(EVENT_TYPES).and_then(Value::as_array);
        let events = events.into_iter().flatten().filter_map(Value::as_str);
        events
            .filter(|event| !self.gaps.events.contains(*event))
            .collect()
    }

    /// What an operation is called in Rust.
    pub(super) fn method(&self, key: &OperationKey) -> Option<String> {
        let named = self.slice.operation(key)?;
        Some(format!("{}.{}", named.resource, named.function))
    }

    pub(super) fn has_component(&self, name: &str) -> bool {
        self.report.schemas.contains(name)
    }

    pub(super) fn version(&self) -> String {
        self.report.version.clone()
    }
}

/// An error that says which of the documents has the place.
fn of_the(which: &str, error: &Error) -> Error {
    let problem = format!("the {which} document: {}", error.problem());
    Error::new(error.stage(), error.pointer(), problem, error.mend())
}

/// What the slice names and neither document has.
pub(super) fn unknown([before, after]: [&Side; 2]) -> Vec<OperationKey> {
    let both = before.gaps.operations.intersection(&after.gaps.operations);
    both.cloned().collect()
}

/// The patterns of the slice that match a path of the document.
fn includes(document: &Value, slice: &Slice) -> Vec<String> {
    let paths = document["paths"].as_object();
    let has = |pattern: &&String| {
        let mut paths = paths.into_iter().flat_map(|paths| paths.keys());
        paths.any(|path| matches(pattern, path))
    };
    slice.include.iter().filter(has).cloned().collect()
}

/// The components at which an earlier trim cut references.
fn cut_before(document: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut pending = vec![document];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(members) => {
                let reference = members.get(CUT_REFERENCE).and_then(Value::as_str);
                let name = reference.and_then(|text| text.rsplit('/').next());
                names.extend(name.map(str::to_owned));
                pending.extend(members.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    names
}
