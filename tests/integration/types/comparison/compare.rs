//! The differences between the document and the types, each explained by a rule or by none.

use std::collections::BTreeSet;

use super::difference::{Difference, Sides};
use super::document::Reading;
use super::facts::Facts;
use super::rules::{RULES, Rule};

/// Calls `visit` with every difference at a place and the rule that accounts for it, until it
/// answers `false`.
fn at<'f>(
    sides: &Sides<'f>,
    place: &'f str,
    visit: &mut dyn FnMut(Difference<'f>, Option<&'static Rule>) -> bool,
) -> bool {
    let all = [sides.document, sides.marks, sides.types];
    let keywords: BTreeSet<&str> = all.iter().flat_map(|facts| facts.keywords(place)).collect();
    keywords.into_iter().all(|keyword| {
        let [document, marks, types] = all.map(|facts| facts.get(place, keyword));
        if document == types && marks.is_empty() {
            return true;
        }
        let difference = Difference {
            place,
            keyword,
            document,
            marks,
            types,
        };
        let rule = RULES
            .iter()
            .find(|rule| rule.keywords.contains(&keyword) && (rule.explains)(&difference, sides));
        visit(difference, rule)
    })
}

/// The outcome of a comparison.
pub(crate) struct Comparison<'f> {
    pub(crate) explained: Vec<(Difference<'f>, &'static Rule)>,
    pub(crate) unexplained: Vec<Difference<'f>>,
}

impl Comparison<'_> {
    /// The rules that explained nothing.
    pub(crate) fn unused(&self) -> Vec<&'static str> {
        let used = |rule: &Rule| self.explained.iter().any(|(_, by)| by.name == rule.name);
        let unused = RULES.iter().filter(|rule| !used(rule));
        unused.map(|rule| rule.name).collect()
    }

    /// What is wrong, a line each.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let unused = self.unused().into_iter();
        let unused = unused.map(|rule| format!("the rule `{rule}` explains nothing: remove it"));
        let unexplained = self.unexplained.iter().map(ToString::to_string);
        unexplained.chain(unused).collect()
    }
}

/// Compares what the document says with what the types say.
pub(crate) fn compare<'f>(reading: &'f Reading, types: &'f Facts) -> Comparison<'f> {
    let mut comparison = Comparison {
        explained: Vec::new(),
        unexplained: Vec::new(),
    };
    let sides = Sides::new(reading, types);
    for place in sides.places() {
        at(&sides, place, &mut |difference, rule| {
            match rule {
                Some(rule) => comparison.explained.push((difference, rule)),
                None => comparison.unexplained.push(difference),
            }
            true
        });
    }
    comparison
}

/// Whether every difference has a rule, and every rule a difference.
///
/// The places `first` are looked at before all others: where one of them is to blame, that is told
/// without comparing everything.
pub(crate) fn agree(reading: &Reading, types: &Facts, first: &BTreeSet<&str>) -> bool {
    let sides = Sides::new(reading, types);
    let mut used = BTreeSet::new();
    let mut explained = |_: Difference<'_>, rule: Option<&'static Rule>| {
        used.extend(rule.map(|rule| rule.name));
        rule.is_some()
    };
    first.iter().all(|place| at(&sides, place, &mut explained))
        && sides
            .places()
            .into_iter()
            .all(|place| at(&sides, place, &mut explained))
        && used.len() == RULES.len()
}
