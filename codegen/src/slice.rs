//! `openapi/slice.toml`: what is kept of the upstream document, and what it is called in Rust.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;

use crate::error::{Error, Result, Stage};
use crate::names::{function_name, resource_name};
use crate::pointer::Pointer;
use crate::walk::METHODS;

/// The parts of an upstream document that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The names of the component schemas at which references are cut.
    pub cut: BTreeSet<String>,
    /// The event types of the slice's resources.
    pub events: BTreeSet<String>,
    /// The operations, in the order of the file.
    pub operations: Vec<SliceOperation>,
    /// Patterns of paths whose operations are kept too, once [`resolve`](crate::resolve) has written
    /// them out.
    pub include: Vec<String>,
    /// Whether references to other resources are cut, since the file does not say where to.
    pub cut_others: bool,
    /// Whether trimming keeps the document's own descriptions.
    pub keep_prose: bool,
}

/// An operation of the slice and its name in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SliceOperation {
    /// The operation's place in the document.
    pub key: OperationKey,
    /// The resource that it belongs to, such as `accounts`.
    pub resource: String,
    /// Its method on that resource, such as `refresh`.
    pub function: String,
}

/// What tells an operation from all others: its method, in lower case, and its path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationKey {
    /// The path, with its parameters in braces.
    pub path: String,
    /// The method in lower case, as a path item writes it.
    pub method: String,
}

impl OperationKey {
    /// The operation `method` of `path`.
    pub fn new(method: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            method: method.into(),
        }
    }

    /// Where the operation stands in a document.
    pub fn pointer(&self) -> Pointer {
        Pointer::from(["paths", &self.path, &self.method])
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cut: Option<Vec<String>>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    operations: Vec<FileOperation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileOperation {
    method: String,
    path: String,
    rust: String,
}

impl Slice {
    /// Reads the text of a slice file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, has a key that a slice does not know, lacks one that it needs, or
    /// says anything twice.
    pub fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            let problem = format!("line {line}: {}", error.message());
            refused(
                Pointer::root(),
                problem,
                "write the file as its comments say",
            )
        })?;
        let operations = operations(file.operations, file.include.is_empty())?;
        Ok(Self {
            cut_others: file.cut.is_none() && !file.include.is_empty(),
            cut: set("cut", file.cut.unwrap_or_default())?,
            events: set("events", file.events)?,
            operations,
            include: file.include,
            keep_prose: false,
        })
    }

    /// The slice of everything that the patterns match.
    pub fn including(patterns: impl IntoIterator<Item = String>) -> Self {
        Self {
            cut: BTreeSet::new(),
            events: BTreeSet::new(),
            operations: Vec::new(),
            include: patterns.into_iter().collect(),
            cut_others: true,
            keep_prose: false,
        }
    }

    /// The slice's operation at this place of the document.
    pub fn operation(&self, key: &OperationKey) -> Option<&SliceOperation> {
        self.operations
            .iter()
            .find(|operation| operation.key == *key)
    }

    /// Whether a path lies beside those of the slice: it has their version and family in common.
    pub fn is_near(&self, path: &str) -> bool {
        self.operations
            .iter()
            .any(|operation| family(&operation.key.path) == family(path))
    }

    /// Whether an event type lies beside those of the slice: it has their first word in common.
    pub fn is_near_event(&self, event: &str) -> bool {
        let word = |event: &str| event.split('.').next().map(str::to_owned);
        self.events.iter().any(|known| word(known) == word(event))
    }
}

/// `/v1/financial_connections/accounts/{account}` is of the family `v1`, `financial_connections`.
fn family(path: &str) -> Vec<&str> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .take(2)
        .collect()
}

fn operations(entries: Vec<FileOperation>, required: bool) -> Result<Vec<SliceOperation>> {
    let mut keys = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut operations = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let at = Pointer::from(["operations"]).join(index);
        if !METHODS.contains(&entry.method.as_str()) {
            return Err(refused(
                at.join("method"),
                format!("`{}` is no method", entry.method),
                "write the method in lower case, as the document does",
            ));
        }
        let Some((resource, function)) =
            entry.rust.split_once('.').filter(|(resource, function)| {
                [resource, function]
                    .into_iter()
                    .all(|word| is_snake_case(word))
            })
        else {
            return Err(refused(
                at.join("rust"),
                format!("`{}` is not `resource.method` in snake case", entry.rust),
                "name the operation as users call it, such as `accounts.refresh`",
            ));
        };
        let key = OperationKey::new(entry.method, entry.path);
        if !keys.insert(key.clone()) {
            return Err(refused(
                at,
                format!("{key} is listed twice"),
                "remove one of the entries",
            ));
        }
        if !names.insert(entry.rust.clone()) {
            return Err(refused(
                at.join("rust"),
                format!("`{}` names two operations", entry.rust),
                "give each operation a name of its own",
            ));
        }
        let (resource, function) = (
            resource_name(resource.to_owned()),
            function_name(function.to_owned()),
        );
        operations.push(SliceOperation {
            key,
            resource,
            function,
        });
    }
    if required && operations.is_empty() {
        return Err(refused(
            ["operations"].into(),
            "the slice keeps no operation".to_owned(),
            "list at least one under [[operations]]",
        ));
    }
    Ok(operations)
}

fn set(list: &str, entries: Vec<String>) -> Result<BTreeSet<String>> {
    let mut set = BTreeSet::new();
    for (index, entry) in entries.into_iter().enumerate() {
        if !set.insert(entry.clone()) {
            return Err(refused(
                Pointer::from([list]).join(index),
                format!("`{entry}` is listed twice"),
                "remove one of the entries",
            ));
        }
    }
    Ok(set)
}

fn is_snake_case(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn refused(at: Pointer, problem: String, mend: &str) -> Error {
    Error::new(Stage::Slice, at, problem, mend)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str =
        "[[operations]]\nmethod = 'get'\npath = '/v1/a/b/{id}'\nrust = 'b.retrieve'\n";

    fn refusal(text: &str) -> String {
        Slice::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn an_operation_has_a_place_and_a_name() {
        let slice = Slice::parse(ONE).unwrap();
        let key = OperationKey::new("get", "/v1/a/b/{id}");
        let operation = slice.operation(&key).unwrap();
        assert_eq!(
            (operation.resource.as_str(), operation.function.as_str()),
            ("b", "retrieve")
        );
        assert_eq!(key.to_string(), "GET /v1/a/b/{id}");
        assert!(slice.is_near("/v1/a/c"));
        assert!(!slice.is_near("/v1/b/c"));
    }

    #[test]
    fn the_file_is_read_strictly() {
        assert!(refusal("cuts = []").contains("line 1: unknown field `cuts`"));
        assert!(refusal("cut = ").starts_with("slice: line 1: "));
        assert!(refusal("").contains("keeps no operation"));
        assert!(refusal("operations = []").contains("keeps no operation"));
        assert!(refusal(&format!("cut = ['a', 'a']\n{ONE}")).contains("at: #/cut/1"));
        assert!(refusal(&format!("events = ['a', 'a']\n{ONE}")).contains("`a` is listed twice"));
        assert!(refusal(&format!("{ONE}{ONE}")).contains("GET /v1/a/b/{id} is listed twice"));
        let renamed = ONE.replace("get", "post");
        assert!(refusal(&format!("{ONE}{renamed}")).contains("`b.retrieve` names two operations"));
        assert!(refusal(&ONE.replace("get", "GET")).contains("`GET` is no method"));
        for name in ["retrieve", "b.", "B.retrieve", "b.c.d"] {
            let refusal = refusal(&ONE.replace("b.retrieve", name));
            assert!(refusal.contains("is not `resource.method`"), "{refusal}");
        }
    }
}
