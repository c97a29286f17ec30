//! The schemas that an operation reaches.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::problem::Problem;
use crate::document::a_thing;
use crate::pointer::Pointer;
use crate::schemas::referred_by;
use crate::trail::Trail;
use crate::walk::{Kind, Member};

/// The components of a document, each with its own problems and with those that it leads to.
pub(super) struct Schemas<'d> {
    components: Option<&'d Map<String, Value>>,
    cut: BTreeSet<String>,
    /// The problems that a component leads to, itself or through others.
    reached: BTreeMap<&'d str, BTreeSet<&'d str>>,
    own: BTreeMap<&'d str, Vec<Problem>>,
}

impl<'d> Schemas<'d> {
    pub(super) fn new(document: &'d Value, cut: &BTreeSet<String>) -> Self {
        let mut schemas = Self {
            components: document
                .pointer("/components/schemas")
                .and_then(Value::as_object),
            cut: cut.clone(),
            reached: BTreeMap::new(),
            own: BTreeMap::new(),
        };
        let mut users: BTreeMap<&str, Vec<&'d str>> = BTreeMap::new();
        let at = Trail::ROOT.join("components");
        let at = at.join("schemas");
        for (name, schema) in schemas.components.into_iter().flatten() {
            let mut found = Found::default();
            schemas.look(
                Member::Node(Kind::Schema),
                schema,
                &at.join(name),
                &mut found,
            );
            for other in found.references {
                users.entry(other).or_default().push(name);
            }
            if !found.problems.is_empty() {
                schemas.own.insert(name, found.problems);
            }
        }
        // From each component that has problems, back to all that lead to it.
        let faulty: Vec<&'d str> = schemas.own.keys().copied().collect();
        for source in faulty {
            let mut pending = vec![source];
            while let Some(name) = pending.pop() {
                if schemas.reached.entry(name).or_default().insert(source) {
                    pending.extend(users.get(name).into_iter().flatten());
                }
            }
        }
        schemas
    }

    /// Whether references to a component are cut.
    pub(super) fn is_cut(&self, name: &str) -> bool {
        self.cut.contains(name)
    }

    /// The component of a name.
    pub(super) fn component(&self, name: &str) -> Option<&'d Value> {
        self.components?.get(name)
    }

    /// Adds the problems of every schema that an operation reaches.
    pub(super) fn judge(&self, operation: &Value, at: &Pointer, problems: &mut Vec<Problem>) {
        let mut found = Found::default();
        for part in ["parameters", "requestBody", "responses"] {
            if let Some(value) = operation.get(part) {
                let member = Kind::Operation.member(part, value);
                self.look(member, value, &Trail::ROOT.join(part), &mut found);
            }
        }
        for mut problem in found.problems {
            let below = problem.at.segments().iter().cloned();
            problem.at = Pointer::from_iter(at.segments().iter().cloned().chain(below));
            problems.push(problem);
        }
        let sources: BTreeSet<&str> = found
            .references
            .iter()
            .filter_map(|name| self.reached.get(name))
            .flatten()
            .copied()
            .collect();
        problems.extend(
            sources
                .iter()
                .filter_map(|name| self.own.get(name))
                .flatten()
                .cloned(),
        );
    }

    /// Collects the problems and the references of a part of a document.
    fn look<'v>(&self, member: Member, value: &'v Value, at: &Trail<'_>, found: &mut Found<'v>) {
        match member {
            Member::Node(kind) => self.node(kind, value, at, found),
            Member::Map(kind) => match value.as_object() {
                Some(members) => {
                    for (name, value) in members {
                        self.node(kind, value, &at.join(name), found);
                    }
                }
                None => found.misshapen(value, "an object", at),
            },
            Member::List(kind) => match value.as_array() {
                Some(items) => {
                    for (index, value) in items.iter().enumerate() {
                        self.node(kind, value, &at.join(index), found);
                    }
                }
                None => found.misshapen(value, "a list", at),
            },
            Member::Set if !value.is_array() => found.misshapen(value, "a list", at),
            _ => {}
        }
    }

    fn node<'v>(&self, kind: Kind, value: &'v Value, at: &Trail<'_>, found: &mut Found<'v>) {
        let Some(members) = value.as_object() else {
            found.misshapen(value, "an object", at);
            return;
        };
        if kind == Kind::Expansion {
            return;
        }
        if let Some(reference) = members.get("$ref") {
            self.reference(reference, at, found);
        }
        for (key, member) in members {
            self.look(kind.member(key, member), member, &at.join(key), found);
        }
    }

    fn reference<'v>(&self, reference: &'v Value, at: &Trail<'_>, found: &mut Found<'v>) {
        match referred_by(reference) {
            Some(name) if self.cut.contains(name) => {}
            Some(name) if self.component(name).is_some() => {
                found.references.insert(name);
            }
            Some(name) => found.problems.push(Problem::new(
                at.join("$ref").into(),
                format!("it refers to the schema `{name}`, which the document does not have"),
                format!("take a whole document, or list `{name}` under `cut` in the slice file"),
            )),
            None => found.problems.push(Problem::new(
                at.join("$ref").into(),
                format!("the reference {reference} does not lead to a component of this document"),
                "take a document whose references all lead into itself, or leave the operation out",
            )),
        }
    }
}

#[derive(Default)]
struct Found<'v> {
    references: BTreeSet<&'v str>,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn misshapen(&mut self, value: &Value, expected: &str, at: &Trail<'_>) {
        self.problems.push(Problem::new(
            at.into(),
            format!("{} where OpenAPI has {expected}", a_thing(value)),
            "correct the document, or leave the operation out",
        ));
    }
}
