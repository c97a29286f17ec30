//! The differences between the document and the types, each explained by a rule or by none.

use std::collections::BTreeSet;
use std::fmt;

use super::document::Reading;
use super::facts::{Facts, Values, shown};
use super::rules::{RULES, Rule};

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
    fn new(reading: &'f Reading, types: &'f Facts) -> Self {
        Self {
            document: &reading.facts,
            marks: &reading.marks,
            types,
            sent: sent(&reading.facts),
        }
    }

    /// Every place of which something is said.
    fn places(&self) -> BTreeSet<&'f str> {
        let all = [self.document, self.marks, self.types].into_iter();
        all.flat_map(Facts::places).collect()
    }

    /// Calls `visit` with every difference at a place and the rule that accounts for it, until it
    /// answers `false`.
    fn at(
        &self,
        place: &'f str,
        visit: &mut dyn FnMut(Difference<'f>, Option<&'static Rule>) -> bool,
    ) -> bool {
        let all = [self.document, self.marks, self.types];
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
            let rule = RULES.iter().find(|rule| {
                rule.keywords.contains(&keyword) && (rule.explains)(&difference, self)
            });
            visit(difference, rule)
        })
    }
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
        sides.at(place, &mut |difference, rule| {
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
    first.iter().all(|place| sides.at(place, &mut explained))
        && sides
            .places()
            .into_iter()
            .all(|place| sides.at(place, &mut explained))
        && used.len() == RULES.len()
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
