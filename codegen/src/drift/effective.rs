//! The normal form of an operation: what holds for it, wherever the document says it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::meaning::said;
use super::place::shown;
use crate::pointer::Pointer;
use crate::slice::OperationKey;

/// References from one component to another are followed this far.
const LONGEST_CHAIN: usize = 32;

/// A part of an operation and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    pub(super) value: &'d Value,
    pub(super) at: Pointer,
}

/// An operation of a document.
pub(super) struct Operation<'d> {
    document: &'d Value,
    item: Part<'d>,
    own: Part<'d>,
}

impl<'d> Part<'d> {
    /// A part of a document, or what the reference there leads to.
    pub(super) fn of(document: &'d Value, value: &'d Value, at: Pointer) -> Self {
        let mut part = Self { value, at };
        for _ in 0..LONGEST_CHAIN {
            let reference = part.value.get("$ref").and_then(Value::as_str);
            let target = reference.and_then(Pointer::parse);
            let Some((at, value)) = target.and_then(|at| {
                let value = at.resolve(document)?;
                Some((at, value))
            }) else {
                break;
            };
            part = Self { value, at };
        }
        part
    }

    /// The members of a map here, references followed.
    pub(super) fn map(&self, document: &'d Value, key: &str) -> BTreeMap<&'d str, Self> {
        let members = self.value.get(key).and_then(Value::as_object);
        let members = members.into_iter().flatten();
        members
            .map(|(name, value)| {
                let at = self.at.join(key).join(name);
                (name.as_str(), Self::of(document, value, at))
            })
            .collect()
    }

    /// The elements of a list here, references followed.
    fn list(&self, document: &'d Value, key: &str) -> Vec<Self> {
        let items = self.value.get(key).and_then(Value::as_array);
        let items = items.into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Self::of(document, value, self.at.join(key).join(index)))
            .collect()
    }
}

impl<'d> Operation<'d> {
    pub(super) fn of(document: &'d Value, key: &OperationKey) -> Self {
        let at = key.pointer();
        let item = Pointer::from(["paths", &key.path]);
        let part = |at: Pointer| Part {
            value: at.resolve(document).unwrap_or(&Value::Null),
            at,
        };
        Self {
            document,
            item: part(item),
            own: part(at),
        }
    }

    /// What the operation itself says.
    pub(super) fn own(&self) -> &'d Value {
        self.own.value
    }

    /// The parameters, those of its path included unless it has its own of that name.
    pub(super) fn parameters(&self) -> Vec<Part<'d>> {
        let mut parameters = self.own.list(self.document, "parameters");
        let id = |part: &Part<'d>| ["in", "name"].map(|key| part.value.get(key));
        let own: Vec<_> = parameters.iter().map(id).collect();
        let shared = self.item.list(self.document, "parameters").into_iter();
        parameters.extend(shared.filter(|part| !own.contains(&id(part))));
        parameters
    }

    pub(super) fn body(&self) -> Option<Part<'d>> {
        let value = self.own.value.get("requestBody")?;
        let at = self.own.at.join("requestBody");
        Some(Part::of(self.document, value, at))
    }

    /// The answers by their status.
    pub(super) fn answers(&self) -> BTreeMap<&'d str, Part<'d>> {
        self.own.map(self.document, "responses")
    }

    /// The servers if they are others than those of the document.
    pub(super) fn servers(&self) -> Option<Value> {
        let whole = servers(self.document);
        let own = [&self.own, &self.item]
            .into_iter()
            .find_map(|part| said(part.value.get("servers")))?;
        (*own != whole).then(|| own.clone())
    }

    /// The ways to authenticate if they are others than those of the document.
    pub(super) fn security(&self) -> Option<BTreeSet<String>> {
        let whole = security(self.document, &self.document["security"]);
        let own = security(self.document, self.own.value.get("security")?);
        (own != whole).then_some(own)
    }
}

/// The servers of a document.
pub(super) fn servers(document: &Value) -> Value {
    match said(document.get("servers")) {
        Some(servers) => servers.clone(),
        None => json!([{ "url": "/" }]),
    }
}

/// Ways to authenticate, of which any will do, each by what its schemes are and not by their names.
pub(super) fn security(document: &Value, value: &Value) -> BTreeSet<String> {
    let schemes = &document["components"]["securitySchemes"];
    let scheme = |(name, scopes): (&String, &Value)| {
        let written = schemes.get(name).unwrap_or(&Value::Null);
        let at = Pointer::from(["components", "securitySchemes", name]);
        let content = match Part::of(document, written, at).value {
            Value::Null => name.clone(),
            content => content.to_string(),
        };
        let scopes = scopes.as_array().into_iter().flatten();
        let scopes: BTreeSet<String> = scopes.map(shown).collect();
        scopes
            .iter()
            .fold(content, |text, scope| text + " " + scope)
    };
    let ways = value.as_array().into_iter().flatten();
    ways.map(|way| {
        let schemes = way.as_object().into_iter().flatten().map(scheme);
        let schemes: BTreeSet<String> = schemes.collect();
        let schemes: Vec<_> = schemes.into_iter().collect();
        schemes.join(" and ")
    })
    .collect()
}

/// Ways to authenticate as a finding shows them.
pub(super) fn shown_ways(ways: BTreeSet<String>) -> String {
    match ways.len() {
        0 => "none".to_owned(),
        _ => ways.into_iter().collect::<Vec<_>>().join(" or "),
    }
}
