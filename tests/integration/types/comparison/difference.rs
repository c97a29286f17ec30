//! A difference between the document and the types, and what a rule may look at.

use std::collections::BTreeSet;
use std::fmt;

use super::document::Reading;
use super::facts::{Facts, Values, shown};

/// One keyword at one place of which not all say the same.
#[derive(Debug)]
pub(crate) struct Difference<'f> {
    pub(crate) place: &'f str,
    pub(crate) keyword: &'f str,
    pub(crate) document: &'f Values,
    /// What the overlay marks there.
    pub(crate) marks: &'f Values,
    pub(crate) types: &'f Values,
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {} in the document, {} in the types",
            self.place,
            self.keyword,
            shown(self.document),
            shown(self.types)
        )?;
        match self.marks.is_empty() {
            true => Ok(()),
            false => write!(f, ", {} in the overlay", shown(self.marks)),
        }
    }
}

/// Everything that a rule may look at.
pub(crate) struct Sides<'f> {
    pub(crate) document: &'f Facts,
    pub(crate) marks: &'f Facts,
    pub(crate) types: &'f Facts,
    /// The names of what is sent rather than answered.
    pub(crate) sent: BTreeSet<String>,
}

impl<'f> Sides<'f> {
    pub(crate) fn new(reading: &'f Reading, types: &'f Facts) -> Self {
        Self {
            document: &reading.facts,
            marks: &reading.marks,
            types,
            sent: sent(&reading.facts),
        }
    }

    /// Every place of which something is said.
    pub(crate) fn places(&self) -> BTreeSet<&'f str> {
        let all = [self.document, self.marks, self.types].into_iter();
        all.flat_map(Facts::places).collect()
    }
}

/// The types that parameters are made of.
fn sent(document: &Facts) -> BTreeSet<String> {
    let parameters = document
        .iter()
        .filter(|(_, keyword, _)| *keyword == "parameters");
    let mut sent: BTreeSet<String> = parameters.flat_map(|(_, _, names)| names.clone()).collect();
    loop {
        let more: Vec<String> = document
            .iter()
            .filter(|(place, keyword, _)| *keyword == "ref" && sent.contains(root(place)))
            .flat_map(|(_, _, names)| names.clone())
            .filter(|name| !sent.contains(name))
            .collect();
        if more.is_empty() {
            return sent;
        }
        sent.extend(more);
    }
}

/// The type that a place lies in.
pub(crate) fn root(place: &str) -> &str {
    let end = place.find(['.', '[', '{', '|', '?', '>']);
    &place[..end.unwrap_or(place.len())]
}

/// Whether a set holds exactly this value.
pub(crate) fn is(values: &Values, value: &str) -> bool {
    values.len() == 1 && values.contains(value)
}
