//! Forms, decoded by another library than the one that encodes them, and the nested keys by the code
//! below.

use std::collections::BTreeMap;

/// A decoded form: texts, under nested keys.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Nested(BTreeMap<String, Node>),
}

pub(super) fn decode(form: &str) -> Result<BTreeMap<String, Node>, String> {
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(form).map_err(|error| error.to_string())?;
    let mut root = BTreeMap::new();
    for (key, value) in pairs {
        let mut segments = key.split('[').map(|segment| segment.trim_end_matches(']'));
        let first = segments.next().unwrap_or_default();
        insert(&mut root, first, &segments.collect::<Vec<_>>(), value)
            .ok_or_else(|| format!("`{key}` is given twice"))?;
    }
    Ok(root)
}

fn insert(
    into: &mut BTreeMap<String, Node>,
    key: &str,
    rest: &[&str],
    value: String,
) -> Option<()> {
    match rest {
        [] => into
            .insert(key.to_owned(), Node::Text(value))
            .is_none()
            .then_some(()),
        [next, rest @ ..] => {
            let inner = into
                .entry(key.to_owned())
                .or_insert_with(|| Node::Nested(BTreeMap::new()));
            match inner {
                Node::Nested(inner) => insert(inner, next, rest, value),
                Node::Text(_) => None,
            }
        }
    }
}
