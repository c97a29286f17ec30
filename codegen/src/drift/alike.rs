//! Whether two schemas mean the same, whatever their components are called.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::meaning::{identity, same};
use super::view::View;
use crate::trim::CUT_REFERENCE;

/// Schemas are looked into this deep, references followed.
const DEEPEST: usize = 48;
/// So many pairs of schemas are looked at before two are taken for different.
const MOST: usize = 2_000;

/// A question about two schemas. Whatever is too large for an answer counts as different.
pub(super) struct Alike<'d> {
    documents: [&'d Value; 2],
    left: usize,
    /// Pairs that are being compared further out, by where they are in memory. In a circle they are
    /// alike unless a difference is found elsewhere.
    assumed: HashSet<[*const Value; 2]>,
}

impl<'d> Alike<'d> {
    pub(super) fn new(documents: [&'d Value; 2]) -> Self {
        Self {
            documents,
            left: MOST,
            assumed: HashSet::new(),
        }
    }

    pub(super) fn schemas(&mut self, ours: &'d Value, theirs: &'d Value) -> bool {
        self.within(ours, theirs, 0)
    }

    /// Two components by their names.
    pub(super) fn components(&mut self, ours: &str, theirs: &str) -> bool {
        let [one, other] = self.documents.map(|it| &it["components"]["schemas"]);
        match (one.get(ours), other.get(theirs)) {
            (Some(one), Some(other)) => self.schemas(one, other),
            _ => false,
        }
    }

    fn within(&mut self, ours: &'d Value, theirs: &'d Value, depth: usize) -> bool {
        if self.left == 0 || depth > DEEPEST {
            return false;
        }
        self.left -= 1;
        if !self.assumed.insert([ours, theirs].map(std::ptr::from_ref)) {
            return true;
        }
        let [one, other] = self.documents;
        let mut views = (
            View::of(ours).without_aliases(one),
            View::of(theirs).without_aliases(other),
        );
        if views.0.target() != views.1.target() {
            views.0 = views.0.followed(one).unwrap_or(views.0);
            views.1 = views.1.followed(other).unwrap_or(views.1);
        }
        let (before, after) = views;
        before.nullable == after.nullable
            && keywords(&before, &after).all(|keyword| {
                match (before.get(keyword), after.get(keyword)) {
                    (Some(was), Some(now)) => match keyword {
                        "anyOf" | "oneOf" | "allOf" => {
                            self.forms(before.forms(keyword), after.forms(keyword), depth)
                        }
                        _ => self.members(keyword, was, now, depth),
                    },
                    _ => is_aside(keyword),
                }
            })
    }

    fn members(&mut self, keyword: &str, was: &'d Value, now: &'d Value, depth: usize) -> bool {
        match (keyword, was, now) {
            ("properties", Value::Object(was), Value::Object(now)) => {
                was.len() == now.len()
                    && was.iter().all(|(name, was)| {
                        let now = now.get(name);
                        now.is_some_and(|now| self.within(was, now, depth + 1))
                    })
            }
            ("enum", Value::Array(was), Value::Array(now)) => {
                let set = |values: &'d [Value]| -> BTreeSet<String> {
                    // Whether null is among them is part of both normal forms.
                    let values = values.iter().filter(|value| !value.is_null());
                    values.map(identity).collect()
                };
                set(was) == set(now)
            }
            ("items" | "additionalProperties" | "not", Value::Object(_), Value::Object(_)) => {
                self.within(was, now, depth + 1)
            }
            _ => is_aside(keyword) || same(was, now),
        }
    }

    /// Forms in any order.
    fn forms(
        &mut self,
        ours: Vec<(Vec<String>, &'d Value)>,
        mut theirs: Vec<(Vec<String>, &'d Value)>,
        depth: usize,
    ) -> bool {
        ours.len() == theirs.len()
            && ours.into_iter().all(|(_, form)| {
                let found = theirs
                    .iter()
                    .position(|(_, other)| self.apart(form, other, depth + 1));
                found.map(|found| theirs.swap_remove(found)).is_some()
            })
    }

    /// Compares two forms of which others may do as well: what is assumed on the way to a difference
    /// is forgotten.
    fn apart(&mut self, ours: &'d Value, theirs: &'d Value, depth: usize) -> bool {
        let assumed = self.assumed.clone();
        let alike = self.within(ours, theirs, depth);
        if !alike {
            self.assumed = assumed;
        }
        alike
    }
}

/// What repeats what another keyword says, or is for readers.
fn is_aside(keyword: &str) -> bool {
    keyword == "discriminator" || keyword.starts_with("x-") && keyword != CUT_REFERENCE
}

fn keywords<'k>(ours: &'k View<'_>, theirs: &'k View<'_>) -> impl Iterator<Item = &'k str> {
    let more = theirs.members.keys();
    let more = more.filter(|keyword| !ours.members.contains_key(**keyword));
    ours.members.keys().chain(more).copied()
}
