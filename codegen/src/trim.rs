//! Keeps what a slice names and what that reaches, and drops the vendor's prose.
//!
//! What is kept stays exactly as upstream has it, down to limits and extensions; only the order of
//! what has no order is fixed. A reference that would lead out of the slice is cut: the place stays,
//! as an object that remembers in `x-cutReference` what stood there.

mod copy;
mod events;
mod gaps;
mod neighbours;
mod report;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::{object, operations};
use crate::error::{Error, Result, Stage};
use crate::pointer::Pointer;
use crate::slice::{OperationKey, Slice};
use crate::trail::Trail;
use crate::walk::{Kind, METHODS, component_section};
use copy::Copier;

pub use copy::CUT_REFERENCE;
pub use events::EVENT_TYPES;
pub(crate) use gaps::Gaps;
pub(crate) use neighbours::{LEFT_OUT, Neighbours};
pub use report::{TrimReport, Trimmed};

/// Trims a parsed document to a slice.
///
/// # Errors
///
/// When the slice names something that the document does not have, or a reference within what is
/// kept leads nowhere.
pub fn trim(upstream: &Value, slice: &Slice) -> Result<Trimmed> {
    let (trimmed, gaps) = trim_leniently(upstream, slice)?;
    gaps.refuse()?;
    Ok(trimmed)
}

/// Trims as far as the document goes, and tells what it lacks instead of refusing it.
pub(crate) fn trim_leniently(upstream: &Value, slice: &Slice) -> Result<(Trimmed, Gaps)> {
    let root = object(Stage::Trim, upstream, Pointer::root())?;
    let mut copier = Copier::new(&slice.cut, slice.keep_prose);
    let mut report = TrimReport::default();
    let mut gaps = Gaps::default();

    let paths = kept_paths(upstream, slice, &mut copier, &mut report, &mut gaps)?;
    let components = reached_components(root, &mut copier)?;
    report.schemas = components
        .get("schemas")
        .and_then(Value::as_object)
        .map(|schemas| schemas.keys().cloned().collect())
        .unwrap_or_default();

    gaps.expansion = copier.check_expansions().err();

    let mut document = BTreeMap::new();
    for (key, value) in root {
        if !["paths", "components", EVENT_TYPES, LEFT_OUT].contains(&key.as_str()) {
            copier.member(Kind::Document, key, value, &Trail::ROOT, &mut document)?;
        }
    }
    document.insert("paths".to_owned(), paths);
    document.insert("components".to_owned(), components);

    if let Some((at, known)) = events::known(upstream) {
        gaps.events_at = at;
        gaps.events = slice.events.difference(&known).cloned().collect();
        report.near_events = known
            .into_iter()
            .filter(|event| slice.is_near_event(event) && !slice.events.contains(event))
            .collect();
    }
    if !slice.events.is_empty() {
        document.insert(
            EVENT_TYPES.to_owned(),
            slice.events.iter().cloned().collect(),
        );
    }

    let near = Neighbours {
        operations: report.near,
        events: report.near_events,
    }
    .and(Neighbours::listed(upstream), slice);
    if let Some(list) = near.to_value() {
        document.insert(LEFT_OUT.to_owned(), list);
    }
    (report.near, report.near_events) = (near.operations, near.events);

    let version = upstream.pointer("/info/version").and_then(Value::as_str);
    report.version = version.unwrap_or_default().to_owned();
    (report.cut, report.prose) = copier.account();
    gaps.cuts = slice
        .cut
        .iter()
        .filter(|name| !report.cut.contains_key(*name))
        .cloned()
        .collect();
    Ok((
        Trimmed {
            document: document.into_iter().collect(),
            report,
        },
        gaps,
    ))
}

fn kept_paths(
    upstream: &Value,
    slice: &Slice,
    copier: &mut Copier<'_>,
    report: &mut TrimReport,
    gaps: &mut Gaps,
) -> Result<Value> {
    for (method, path, _) in operations(upstream) {
        let key = OperationKey::new(method, path);
        if slice.operation(&key).is_some() {
            report.operations.insert(key);
        } else {
            report.left_out += 1;
            if slice.is_near(path) {
                report.near.insert(key);
            }
        }
    }
    let named = slice.operations.iter().map(|operation| &operation.key);
    gaps.operations = named
        .filter(|key| !report.operations.contains(key))
        .cloned()
        .collect();

    let mut paths: BTreeMap<String, Value> = BTreeMap::new();
    for key in &report.operations {
        let path = &key.path;
        if paths.contains_key(path) {
            continue;
        }
        let at = Trail::ROOT.join("paths");
        let at = at.join(path);
        let mut item = BTreeMap::new();
        for (member, value) in object(Stage::Trim, &upstream["paths"][path], at)? {
            let of_slice = report.operations.contains(&OperationKey::new(member, path));
            if of_slice || !METHODS.contains(&member.as_str()) {
                copier.member(Kind::PathItem, member, value, &at, &mut item)?;
            }
        }
        paths.insert(path.clone(), item.into_iter().collect());
    }
    Ok(paths.into_iter().collect())
}

/// The components that the copied operations reach, directly or through each other, and the
/// security schemes, which are reached by name.
fn reached_components(root: &Map<String, Value>, copier: &mut Copier<'_>) -> Result<Value> {
    let none = Map::new();
    let at = Trail::ROOT.join("components");
    let components = match root.get("components") {
        Some(components) => object(Stage::Trim, components, at)?,
        None => &none,
    };
    let mut sections: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    while let Some(reference) = copier.next_reference() {
        let (section, name) = (&reference.section, &reference.name);
        let Some(component) = components
            .get(section)
            .and_then(|section| section.get(name))
        else {
            return Err(Error::new(
                Stage::Trim,
                &reference.at,
                format!("the reference leads to #/components/{section}/{name}, which is not there"),
                format!("take a whole document, or list `{name}` under `cut` in the slice file"),
            ));
        };
        let members = sections.entry(section.clone()).or_default();
        let at = at.join(section);
        copier.named(
            component_section(section).element(),
            name,
            component,
            &at,
            members,
        )?;
    }
    if let Some(schemes) = components.get("securitySchemes") {
        let at = at.join("securitySchemes");
        let members = sections.entry("securitySchemes".to_owned()).or_default();
        for (name, scheme) in object(Stage::Trim, schemes, at)? {
            copier.named(
                component_section("securitySchemes").element(),
                name,
                scheme,
                &at,
                members,
            )?;
        }
    }
    let sections = sections
        .into_iter()
        .map(|(section, members)| (section, members.into_iter().collect::<Value>()));
    Ok(sections.collect())
}
