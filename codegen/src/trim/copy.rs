//! Copies parts of a document, without its prose, and collects where they refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::canonical::{order, sorted};
use crate::document::{a_thing, object};
use crate::error::{Error, Result, Stage};
use crate::pointer::Pointer;
use crate::trail::Trail;
use crate::walk::{Kind, Member};

/// The extension that a cut reference leaves behind: the reference as it was.
pub const CUT_REFERENCE: &str = "x-cutReference";

/// A reference to a component, and the place where it stands.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) at: Pointer,
    pub(super) section: String,
    pub(super) name: String,
}

/// Copies members of OpenAPI objects, part by part, and remembers what it met on the way.
pub(super) struct Copier<'s> {
    cut: &'s BTreeSet<String>,
    keep_prose: bool,
    cuts: BTreeMap<String, Vec<Pointer>>,
    prose: usize,
    reached: BTreeSet<(String, String)>,
    pending: Vec<Reference>,
    expansions: Vec<Reference>,
}

impl<'s> Copier<'s> {
    pub(super) fn new(cut: &'s BTreeSet<String>, keep_prose: bool) -> Self {
        Self {
            cut,
            keep_prose,
            cuts: BTreeMap::new(),
            prose: 0,
            reached: BTreeSet::new(),
            pending: Vec::new(),
            expansions: Vec::new(),
        }
    }

    /// Copies the member `key` of an object of a kind that stands at `at`.
    pub(super) fn member(
        &mut self,
        kind: Kind,
        key: &str,
        value: &Value,
        at: &Trail<'_>,
        into: &mut BTreeMap<String, Value>,
    ) -> Result<()> {
        self.named(kind.member(key, value), key, value, at, into)
    }

    /// Copies a member of which it is known what it is.
    pub(super) fn named(
        &mut self,
        member: Member,
        key: &str,
        value: &Value,
        at: &Trail<'_>,
        into: &mut BTreeMap<String, Value>,
    ) -> Result<()> {
        let at = at.join(key);
        let copy = match member {
            Member::Prose if self.keep_prose && matches!(key, "description" | "summary") => {
                value.clone()
            }
            Member::Prose => {
                self.prose += 1;
                return Ok(());
            }
            Member::DemandedProse => {
                self.prose += usize::from(value != "");
                Value::from("")
            }
            Member::Node(kind) => self.node(kind, value, &at)?,
            Member::Map(kind) => {
                let mut copies = BTreeMap::new();
                for (name, node) in sorted(object(Stage::Trim, value, at)?) {
                    copies.insert(name.clone(), self.node(kind, node, &at.join(name))?);
                }
                copies.into_iter().collect()
            }
            Member::List(kind) => {
                let nodes = list(value, &at)?.iter().enumerate();
                let mut copies = nodes
                    .map(|(index, node)| self.node(kind, node, &at.join(index)))
                    .collect::<Result<Vec<_>>>()?;
                if kind == Kind::Parameter {
                    copies.sort_by_key(parameter_order);
                }
                Value::Array(copies)
            }
            Member::Set => {
                let mut values = list(value, &at)?.clone();
                values.sort_by(order);
                Value::Array(values)
            }
            Member::Data => value.clone(),
        };
        into.insert(key.to_owned(), copy);
        Ok(())
    }

    /// The next reached component that has not been copied yet.
    pub(super) fn next_reference(&mut self) -> Option<Reference> {
        self.pending.pop()
    }

    /// Expansions repeat references; one that leads where no other reference does would dangle.
    pub(super) fn check_expansions(&self) -> Result<()> {
        let is_kept = |reference: &&Reference| {
            self.reached
                .contains(&(reference.section.clone(), reference.name.clone()))
        };
        match self.expansions.iter().find(|reference| !is_kept(reference)) {
            None => Ok(()),
            Some(Reference { at, name, .. }) => Err(Error::new(
                Stage::Trim,
                at,
                format!("`{name}` is listed as an expansion, and nothing else leads there"),
                format!("list `{name}` under `cut` in the slice file"),
            )),
        }
    }

    /// Where references were cut, and how many texts were dropped.
    pub(super) fn account(mut self) -> (BTreeMap<String, Vec<Pointer>>, usize) {
        self.cuts.values_mut().for_each(|places| places.sort());
        (self.cuts, self.prose)
    }

    fn node(&mut self, kind: Kind, value: &Value, at: &Trail<'_>) -> Result<Value> {
        let members = object(Stage::Trim, value, at)?;
        if let Some(reference) = members.get("$ref")
            && let Some(cut) = self.reference(kind, reference, at)?
        {
            return Ok(cut);
        }
        if let Some(reference) = members.get(CUT_REFERENCE) {
            self.cut_before(reference, at)?;
        }
        let mut copy = BTreeMap::new();
        for (key, member) in sorted(members) {
            self.member(kind, key, member, at, &mut copy)?;
        }
        Ok(copy.into_iter().collect())
    }

    /// What takes the place of the reference, if it is cut.
    fn reference(&mut self, kind: Kind, text: &Value, at: &Trail<'_>) -> Result<Option<Value>> {
        let Some((section, name)) = component(text) else {
            return Err(Error::new(
                Stage::Trim,
                at.join("$ref"),
                format!("the reference {text} does not lead to a component of this document"),
                "take a document whose references are all of the form #/components/section/name",
            ));
        };
        if section == "schemas" && self.cut.contains(&name) {
            self.cuts.entry(name).or_default().push(at.into());
            return Ok(Some(json!({"type": "object", CUT_REFERENCE: text})));
        }
        let reference = Reference {
            at: at.join("$ref").into(),
            section: section.clone(),
            name: name.clone(),
        };
        if kind == Kind::Expansion {
            self.expansions.push(reference);
        } else if self.reached.insert((section, name)) {
            self.pending.push(reference);
        }
        Ok(None)
    }

    fn cut_before(&mut self, reference: &Value, at: &Trail<'_>) -> Result<()> {
        match component(reference) {
            Some((_, name)) if self.cut.contains(&name) => {
                self.cuts.entry(name).or_default().push(at.into());
                Ok(())
            }
            _ => Err(Error::new(
                Stage::Trim,
                at.join(CUT_REFERENCE),
                format!(
                    "{reference} was cut by an earlier trim, and the slice no longer cuts there"
                ),
                "trim from the upstream document instead of a trimmed one",
            )),
        }
    }
}

/// The section and the name in `#/components/section/name`.
fn component(reference: &Value) -> Option<(String, String)> {
    match Pointer::parse(reference.as_str()?.strip_prefix('#')?)?.segments() {
        [components, section, name] if components == "components" => {
            Some((section.clone(), name.clone()))
        }
        _ => None,
    }
}

fn list<'v>(value: &'v Value, at: &Trail<'_>) -> Result<&'v Vec<Value>> {
    value.as_array().ok_or_else(|| {
        Error::new(
            Stage::Trim,
            at,
            format!("{} where OpenAPI has a list", a_thing(value)),
            "correct the document, or take one that follows OpenAPI 3.0",
        )
    })
}

fn parameter_order(parameter: &Value) -> [String; 3] {
    ["in", "name", "$ref"].map(|key| {
        parameter
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    })
}
