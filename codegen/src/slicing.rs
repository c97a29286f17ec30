//! Slices of other parts of the API: named by path, and written out operation by operation.
//!
//! A slice file may say `include = ["/v1/customers/**"]` instead of listing operations. [`resolve`]
//! writes such a file out against a document: [`rules`] names the operations, and [`cuts`] finds where
//! references lead out of the slice.

mod cuts;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use crate::judge::{Judge, Problem};
use crate::names::{Scope, resource_name};
use crate::plain::plain;
use crate::recorded::Recorded;
use crate::slice::{OperationKey, SliceOperation};
use crate::{Error, Pointer, Result, Slice, Stage};
use cuts::other_resources;
use rules::name;

pub(crate) use rules::matches;

/// An operation that cannot be generated, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedOperation {
    /// The operation.
    pub key: OperationKey,
    /// Everything about it that cannot be expressed, with places and what to do, in one line.
    pub reason: String,
}

/// A slice as its file says it, written out against a document.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The operations and the cuts.
    pub slice: Slice,
    /// What the slice names and the generator cannot express.
    pub refused: Vec<RefusedOperation>,
}

/// Writes a slice out: the operations that `include` matches, and the resources at which references
/// are cut unless the file says where. What cannot be expressed is left out.
///
/// # Errors
///
/// When a pattern matches no operation.
pub fn resolve(document: &Value, slice: Slice) -> Result<Resolved> {
    let named = slice.operations.clone();
    let mut resolved = resolve_plain(&plain(document.clone()), slice, &Recorded::default())?;
    // What is named one by one is wanted, whether or not it can be generated.
    let included = resolved.slice.operations;
    let is_named = |key: &OperationKey| named.iter().any(|it| it.key == *key);
    let included: Vec<_> = included
        .into_iter()
        .filter(|it| !is_named(&it.key))
        .collect();
    resolved.slice.operations = named;
    resolved.slice.operations.extend(included);
    Ok(resolved)
}

/// The same for a plain document.
pub(crate) fn resolve_plain(
    document: &Value,
    mut slice: Slice,
    recorded: &Recorded,
) -> Result<Resolved> {
    let all = operations(document);
    let judge = Judge::new(document, &slice.cut);
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    let mut passes = |key: &OperationKey| {
        if !seen.insert(key.clone()) {
            return false;
        }
        let Some(operation) = all.get(key) else {
            // Trimming tells what the document does not have.
            return true;
        };
        let problems = judge.problems(key, operation);
        if !problems.is_empty() {
            refused.push(RefusedOperation {
                key: key.clone(),
                reason: reason(&problems),
            });
        }
        problems.is_empty()
    };
    slice.operations.retain(|operation| passes(&operation.key));
    let mut functions: BTreeMap<String, Scope> = BTreeMap::new();
    for operation in &slice.operations {
        let scope = functions.entry(operation.resource.clone());
        scope
            .or_insert_with(Scope::of_functions)
            .take(&operation.function);
    }
    let mut included = Vec::new();
    for (index, pattern) in slice.include.iter().enumerate() {
        let mut matched = all
            .keys()
            .filter(|key| matches(pattern, &key.path))
            .peekable();
        if matched.peek().is_none() {
            return Err(Error::new(
                Stage::Slice,
                Pointer::from(["include"]).join(index),
                format!("`{pattern}` matches no path of the document"),
                "write a path, or a prefix of paths followed by `/**`",
            ));
        }
        included.extend(matched.filter(|key| passes(key)).cloned());
    }
    // What an earlier run has named keeps its name; the rest is named in the order of paths.
    for key in &included {
        if let Some((resource, function)) = recorded_name(recorded, key) {
            let scope = functions.entry(resource.to_owned());
            scope.or_insert_with(Scope::of_functions).take(function);
        }
    }
    for key in included {
        let (resource, function) = match recorded_name(recorded, &key) {
            Some((resource, function)) => (resource.to_owned(), function.to_owned()),
            None => {
                let (resource, function) = name(&key, all[&key], &all);
                let resource = resource_name(resource);
                let scope = functions
                    .entry(resource.clone())
                    .or_insert_with(Scope::of_functions);
                (resource, scope.snake(function))
            }
        };
        slice.operations.push(SliceOperation {
            key,
            resource,
            function,
        });
    }
    if slice.cut_others {
        slice.cut = other_resources(document, &slice, &all);
    }
    Ok(Resolved { slice, refused })
}

fn recorded_name<'r>(recorded: &'r Recorded, key: &OperationKey) -> Option<(&'r str, &'r str)> {
    let (resource, function) = recorded.operations.get(&key.to_string())?.split_once('.')?;
    let is_name = |name: &str| syn::parse_str::<syn::Ident>(name).is_ok();
    (is_name(resource) && is_name(function)).then_some((resource, function))
}

fn reason(problems: &[Problem]) -> String {
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    problems.join("; and ")
}

/// Fails if no operation of the slice can be generated.
pub(crate) fn refuse_nothing(Resolved { slice, refused }: &Resolved) -> Result<()> {
    if !slice.operations.is_empty() || refused.is_empty() {
        return Ok(());
    }
    let list = refused.iter().map(|operation| {
        let RefusedOperation { key, reason } = operation;
        format!("\n  {key}: {reason}")
    });
    Err(Error::new(
        Stage::Slice,
        refused
            .first()
            .map_or_else(Pointer::root, |operation| operation.key.pointer()),
        format!(
            "none of the slice's operations can be generated:{}",
            list.collect::<String>()
        ),
        "do for one of them what is said there, or name other operations in the slice",
    ))
}

/// The text of a slice file with every operation below `prefix`, to start from.
///
/// # Errors
///
/// When no operation lies below it, or none that can be expressed.
pub fn suggest(document: &Value, prefix: &str) -> Result<String> {
    let pattern = format!("{}/**", prefix.trim_end_matches('/'));
    let resolved = resolve(document, Slice::including([pattern]))?;
    refuse_nothing(&resolved)?;
    let Resolved { slice, refused } = resolved;
    let mut text = String::from(
        "# References to these resources are cut: the field stays, as an id or as raw JSON.\n",
    );
    let _ = writeln!(text, "cut = {}\n", toml_list(&slice.cut));
    for operation in &slice.operations {
        let OperationKey { path, method } = &operation.key;
        let (resource, function) = (&operation.resource, &operation.function);
        let path = toml::Value::from(path.as_str());
        let _ = writeln!(
            text,
            "[[operations]]\nmethod = \"{method}\"\npath = {path}\nrust = \"{resource}.{function}\"\n"
        );
    }
    for RefusedOperation { key, reason } in refused {
        // A comment ends with its line.
        let line = format!("# {key} cannot be generated: {reason}.");
        let line: String = line
            .chars()
            .map(|character| {
                if character.is_control() {
                    ' '
                } else {
                    character
                }
            })
            .collect();
        let _ = writeln!(text, "{line}");
    }
    Ok(text)
}

fn toml_list(names: &BTreeSet<String>) -> String {
    match names.len() {
        0 => "[]".to_owned(),
        _ => {
            names.iter().fold("[\n".to_owned(), |text, name| {
                text + &format!("    {},\n", toml::Value::from(name.as_str()))
            }) + "]"
        }
    }
}

fn operations(document: &Value) -> BTreeMap<OperationKey, &Value> {
    crate::document::operations(document)
        .map(|(method, path, operation)| (OperationKey::new(method, path), operation))
        .collect()
}
