//! What was found so far.

use std::collections::BTreeMap;

use serde_json::Value;

use super::effects::Effects;
use super::finding::{Finding, What};
use super::meaning::{said, same_members};
use super::place::{Place, pairs};

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Compares the members of two objects of anything but a schema. `effects` gives what a change of a keyword
    /// does, or `None` for one that is compared elsewhere.
    pub(super) fn keywords(
        &mut self,
        place: &Place,
        ours: &Value,
        theirs: &Value,
        effects: impl Fn(&str) -> Option<Effects>,
    ) {
        for (keyword, was, now) in pairs(ours, theirs) {
            let (was, now) = (said(was), said(now));
            if !same_members(was, now)
                && let Some(effects) = effects(keyword)
            {
                let what = What::Keyword(keyword.to_owned());
                let place = place.keyword(keyword);
                self.add(place.keyword_changed(what, effects, was, now));
            }
        }
    }

    /// The gravest first, then in the order of their places. What several operations share is told for
    /// the first of them.
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
        let mut first: BTreeMap<_, usize> = BTreeMap::new();
        let mut told: Vec<(Finding, Vec<String>)> = Vec::new();
        for finding in self.0 {
            let Finding {
                at,
                what,
                change,
                was,
                now,
                ..
            } = &finding;
            let key = (
                at.clone(),
                what.clone(),
                *change,
                was.clone(),
                now.clone(),
                finding.effects.rank(),
            );
            match first.get(&key) {
                Some(index) => told[*index].1.push(finding.name),
                None => {
                    first.insert(key, told.len());
                    told.push((finding, Vec::new()));
                }
            }
        }
        let told = told.into_iter();
        told.map(|(finding, others)| {
            if others.is_empty() {
                return finding;
            }
            let same = format!("the same for {}", others.join(", "));
            let note = finding.note.iter().cloned().chain([same]);
            let note = note.collect::<Vec<_>>().join("; ");
            finding.note(note)
        })
        .collect()
    }
}
