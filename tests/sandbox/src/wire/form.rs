//! Forms: `application/x-www-form-urlencoded` text to a tree, for queries and bodies alike.

use indexmap::IndexMap;
use indexmap::map::Entry;
use percent_encoding::percent_decode;

use crate::errors::ApiError;
use crate::limits::PARAMETERS;

/// The depth of nested brackets. The API's own parameters need two levels.
const MAX_DEPTH: usize = 8;

/// A decoded form, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// `a=text`.
    Text(String),
    /// `a[]=x&a[]=y`.
    List(Vec<Self>),
    /// `a[k]=x`, and `a[0]=x`: the schema decides whether numbers are keys or indexes.
    Map(Fields),
}

/// Named nodes, in the order of their first mention.
pub(crate) type Fields = IndexMap<String, Node>;

impl Node {
    /// Decodes a form. Pairs without a name are ignored, as usual for such servers.
    pub(crate) fn decode(form: &[u8]) -> Result<Fields, ApiError> {
        if form.iter().filter(|byte| **byte == b'&').count() >= PARAMETERS {
            return Err(ApiError::invalid(format!(
                "A request takes {PARAMETERS} parameters at most."
            )));
        }
        let mut fields = Fields::new();
        for pair in form
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = unescape(halves.next().unwrap_or_default())?;
            let value = unescape(halves.next().unwrap_or_default())?;
            let (first, rest) = segments(&name);
            if first.is_empty() {
                continue;
            }
            if rest.len() > MAX_DEPTH {
                return Err(ApiError::invalid(format!(
                    "Parameters may nest {MAX_DEPTH} levels deep; `{first}` nests {}.",
                    rest.len()
                ))
                .param(first));
            }
            if insert(&mut fields, first, &rest, value).is_none() {
                return Err(ApiError::invalid(format!(
                    "`{first}` is given in two forms that exclude each other, as in \
                     `{first}=…&{first}[…]=…`."
                ))
                .param(first));
            }
        }
        Ok(fields)
    }

    /// The node as JSON, to quote it in an error.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Map(fields) => fields
                .iter()
                .map(|(name, node)| (name.clone(), node.to_json()))
                .collect(),
        }
    }
}

/// Inserts a value under `name` and the bracketed `path` below it; `None` if the existing value
/// has another form. The last of equal names wins.
fn insert(fields: &mut Fields, name: &str, path: &[&str], value: String) -> Option<()> {
    let known = match fields.entry(name.to_owned()) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            new.insert(fresh(path, value));
            return Some(());
        }
    };
    match (path, known) {
        ([], Node::Text(text)) => *text = value,
        (["", below @ ..], Node::List(items)) => items.push(fresh(below, value)),
        (["", ..], _) => return None,
        ([next, below @ ..], Node::Map(inner)) => return insert(inner, next, below, value),
        _ => return None,
    }
    Some(())
}

/// The tree of one value under a bracketed path.
fn fresh(path: &[&str], value: String) -> Node {
    match path {
        [] => Node::Text(value),
        ["", below @ ..] => Node::List(vec![fresh(below, value)]),
        [name, below @ ..] => Node::Map(Fields::from_iter([(
            (*name).to_owned(),
            fresh(below, value),
        )])),
    }
}

fn unescape(text: &[u8]) -> Result<String, ApiError> {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    match percent_decode(&spaced).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(ApiError::invalid(
            "Parameters must be UTF-8 after percent-decoding.",
        )),
    }
}

/// `a[b][]` to `a` and `["b", ""]`. A name whose brackets do not match is taken verbatim, so
/// that it ends as an unknown parameter under its own name.
fn segments(name: &str) -> (&str, Vec<&str>) {
    let whole = (name, Vec::new());
    let Some((first, mut rest)) = name.split_once('[') else {
        return whole;
    };
    let mut path = Vec::new();
    loop {
        let Some((segment, after)) = rest.split_once(']') else {
            return whole;
        };
        path.push(segment);
        match after.strip_prefix('[') {
            Some(next) => rest = next,
            None if after.is_empty() => return (first, path),
            None => return whole,
        }
    }
}
