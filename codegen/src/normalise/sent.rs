//! Schemas that are sent.
//!
//! What is answered keeps unknown fields and may lack any that is not required; what is sent is built
//! by its user. So a component to which a body refers gets a copy of its own for that.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Result;
use crate::schemas::{SENT, each, is_request, reference_to, referred};

use super::generator::components;

pub(super) fn copy_sent_components(document: &mut Value) -> Result<usize> {
    let mut pending: Vec<String> = Vec::new();
    let enums: BTreeSet<String> = components(document)?
        .iter()
        .filter(|(_, schema)| schema.get("enum").is_some())
        .map(|(name, _)| name.clone())
        .collect();
    let redirect = |schema: &mut Value, pending: &mut Vec<String>| {
        let Some(name) = referred(schema).filter(|name| !enums.contains(*name)) else {
            return;
        };
        if !name.starts_with(SENT) {
            let name = name.to_owned();
            schema["$ref"] = reference_to(&format!("{SENT}{name}")).into();
            pending.push(name);
        }
    };
    each(document, &mut |at, schema| {
        if is_request(at) {
            redirect(schema, &mut pending);
        }
        Ok(())
    })?;
    let mut copied = BTreeSet::new();
    while let Some(name) = pending.pop() {
        if !copied.insert(name.clone()) {
            continue;
        }
        let Some(mut copy) = components(document)?.get(&name).cloned() else {
            continue;
        };
        crate::schemas::each_in(&mut copy, &mut |schema| redirect(schema, &mut pending));
        if let Some(members) = copy.as_object_mut() {
            members.insert("x-params".to_owned(), true.into());
        }
        components(document)?.insert(format!("{SENT}{name}"), copy);
    }
    if !copied.is_empty() {
        drop_unanswered(document, &copied)?;
    }
    Ok(copied.len())
}

/// Drops the originals that nothing but a body referred to.
fn drop_unanswered(document: &mut Value, copied: &BTreeSet<String>) -> Result<()> {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut edges: Vec<(Option<String>, String)> = Vec::new();
    each(document, &mut |at, schema| {
        if let Some(name) = referred(schema) {
            let mut segments: Vec<_> = at.upwards().collect();
            segments.reverse();
            let owner = match segments.as_slice() {
                [
                    crate::trail::Segment::Key("components"),
                    _,
                    crate::trail::Segment::Key(owner),
                    ..,
                ] => Some((*owner).to_owned()),
                _ => None,
            };
            edges.push((owner, name.to_owned()));
        }
        Ok(())
    })?;
    let mut pending: Vec<String> = Vec::new();
    let mut below: std::collections::BTreeMap<String, Vec<String>> = Default::default();
    for (owner, name) in edges {
        match owner {
            None => pending.push(name),
            Some(owner) if copied.contains(&owner) => below.entry(owner).or_default().push(name),
            // What is kept in any case reaches what it refers to.
            Some(_) => pending.push(name),
        }
    }
    while let Some(name) = pending.pop() {
        if reached.insert(name.clone()) {
            pending.extend(below.remove(&name).into_iter().flatten());
        }
    }
    components(document)?.retain(|name, _| !copied.contains(name) || reached.contains(name));
    Ok(())
}
