//! An operation: what it takes and what it answers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::Comparison;
use super::effective::{Operation, Part, shown_ways};
use super::effects::Effects;
use super::finding::{Direction, What};
use super::place::Place;
use crate::slice::OperationKey;

impl<'d> Comparison<'d> {
    /// Compares an operation that both documents have.
    pub(super) fn operation(&mut self, key: &OperationKey) {
        let place = Place::new(format!("{}:", self.name(key)), key.pointer());
        let [ours, theirs] = [self.ours, self.theirs].map(|it| Operation::of(it, key));
        if let (Some(was), Some(now)) = (self.before.method(key), self.after.method(key))
            && was != now
        {
            self.found.add(place.renamed(What::RustMethod, was, now));
        }
        self.found
            .keywords(&place, ours.own(), theirs.own(), |keyword| match keyword {
                "parameters" | "requestBody" | "responses" | "security" | "servers" => None,
                _ => Some(Effects::DOCUMENTS),
            });
        self.surroundings(&place, &ours, &theirs);
        self.parameters(&place, ours.parameters(), theirs.parameters());
        self.body(&place, ours.body(), theirs.body());
        self.answers(&place, &ours, &theirs);
    }

    /// What an operation has in common with others unless it says something else.
    fn surroundings(&mut self, place: &Place, ours: &Operation<'_>, theirs: &Operation<'_>) {
        let as_all = || "as the document".to_owned();
        let servers = [ours, theirs].map(|it| {
            it.servers()
                .map_or_else(as_all, |servers| servers.to_string())
        });
        let security = [ours, theirs].map(|it| it.security().map_or_else(as_all, shown_ways));
        for (keyword, [was, now]) in [("servers", servers), ("security", security)] {
            if was != now {
                let what = What::Keyword(keyword.to_owned());
                let place = place.keyword(keyword);
                self.found
                    .add(place.changed(what, Effects::BREAKS_API, was, now));
            }
        }
    }

    fn body(&mut self, operation: &Place, ours: Option<Part<'d>>, theirs: Option<Part<'d>>) {
        let place = operation.keyword("requestBody").directed(Direction::Sent);
        let demanded = |body: &Value| body["required"] == true;
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let place = place.at(place.name(), ours.at.clone(), theirs.at.clone());
                let effects = |keyword: &str| match keyword {
                    "content" => None,
                    "required" if demanded(theirs.value) => Some(Effects::BREAKS_API),
                    "required" => Some(Effects::DOCUMENTS),
                    _ => Some(Effects::BREAKS_API),
                };
                self.found
                    .keywords(&place, ours.value, theirs.value, effects);
                self.content(&place, &ours, &theirs, Direction::Sent);
            }
            (None, Some(theirs)) => {
                let effects = if demanded(theirs.value) {
                    Effects::BREAKS_API
                } else {
                    Effects::ADDS
                };
                self.found.add(place.added(What::Body, effects, "a body"));
            }
            (Some(_), None) => {
                self.found
                    .add(place.removed(What::Body, Effects::BREAKS_API, "a body"));
            }
            (None, None) => {}
        }
    }

    fn answers(&mut self, operation: &Place, ours: &Operation<'d>, theirs: &Operation<'d>) {
        let responses = operation.keyword("responses").directed(Direction::Received);
        let (before, after) = (ours.answers(), theirs.answers());
        let statuses: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        for status in statuses {
            let name = format!("{} {status}:", operation.name().trim_end_matches(':'));
            match (before.get(status), after.get(status)) {
                (Some(ours), Some(theirs)) => {
                    let place = responses.at(name, ours.at.clone(), theirs.at.clone());
                    let effects = |keyword: &str| match keyword {
                        "content" | "headers" => None,
                        "$ref" => Some(Effects::BREAKS_BOTH),
                        _ => Some(Effects::DOCUMENTS),
                    };
                    self.found
                        .keywords(&place, ours.value, theirs.value, effects);
                    self.headers(&place, ours, theirs);
                    self.content(&place, ours, theirs, Direction::Received);
                }
                (Some(_), None) => {
                    let place = responses.below(name, status);
                    let effects = Effects::BREAKS_BOTH;
                    self.found.add(place.removed(What::Answer, effects, status));
                }
                _ => {
                    let place = responses.below(name, status);
                    self.found
                        .add(place.added(What::Answer, Effects::ADDS, status));
                }
            }
        }
    }
}
