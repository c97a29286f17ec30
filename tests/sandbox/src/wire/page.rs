//! Pages: a window of an ordered index, newest first.

use std::collections::BTreeSet;
use std::ops::Bound;

use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::settings::{LimitPolicy, Settings};

const DEFAULT_LIMIT: i64 = 10;
const MAX_LIMIT: i64 = 100;

/// The requested part of a list. `K` orders the list: greater is newer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window<K> {
    pub(crate) limit: usize,
    pub(crate) from: From<K>,
}

/// Where a window begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum From<K> {
    Newest,
    /// `starting_after`: the items older than this one.
    OlderThan(K),
    /// `ending_before`: the nearest items newer than this one.
    NewerThan(K),
}

/// A window's items.
#[derive(Debug)]
pub(crate) struct Page<K> {
    pub(crate) items: Vec<K>,
    pub(crate) has_more: bool,
    /// How many entries of the index were visited: the cost of the page.
    pub(crate) looked_at: usize,
}

impl<K: Copy> Window<K> {
    /// Reads the parameters of a list. `find` gives a cursor's position in the order.
    ///
    /// Cursors are looked up before their exclusivity is checked: with two of them, the error is
    /// about the unknown one.
    pub(crate) fn read(
        params: &Value,
        settings: &Settings,
        noun: &str,
        find: impl Fn(&str) -> Option<K>,
    ) -> Result<Self, ApiError> {
        let limit = match params["limit"].as_i64() {
            None => DEFAULT_LIMIT,
            Some(limit) if (1..=MAX_LIMIT).contains(&limit) => limit,
            Some(limit) => match settings.out_of_range_limit {
                LimitPolicy::Clamp => limit.clamp(1, MAX_LIMIT),
                LimitPolicy::Refuse => {
                    return Err(ApiError::invalid(format!(
                        "limit must be between 1 and {MAX_LIMIT}, and is {limit}"
                    ))
                    .code("parameter_invalid_integer")
                    .param("limit"));
                }
            },
        };
        let cursor = |name: &str| match params[name].as_str() {
            None => Ok(None),
            Some(id) => match find(id) {
                Some(key) => Ok(Some(key)),
                None => Err(ApiError::no_such_reference(noun, id, name)),
            },
        };
        let from = match (cursor("starting_after")?, cursor("ending_before")?) {
            (None, None) => From::Newest,
            (Some(key), None) => From::OlderThan(key),
            (None, Some(key)) => From::NewerThan(key),
            (Some(_), Some(_)) => {
                return Err(ApiError::invalid(
                    "Received both starting_after and ending_before. Pass one of them.",
                ));
            }
        };
        Ok(Self {
            limit: usize::try_from(limit).unwrap_or(1),
            from,
        })
    }
}

impl<K: Ord + Copy> Window<K> {
    /// Takes the window from an index. The cost is the length of the page, wherever the page is,
    /// unless `keep` filters entries out.
    pub(crate) fn of(&self, index: &BTreeSet<K>, keep: impl Fn(K) -> bool) -> Page<K> {
        let mut looked_at = 0;
        let mut kept = |key: &K| {
            looked_at += 1;
            keep(*key)
        };
        // One more than the limit shows whether there is more.
        let wanted = self.limit + 1;
        let mut items: Vec<K> = match self.from {
            From::Newest => index
                .iter()
                .rev()
                .copied()
                .filter(|key| kept(key))
                .take(wanted)
                .collect(),
            From::OlderThan(key) => index
                .range(..key)
                .rev()
                .copied()
                .filter(|key| kept(key))
                .take(wanted)
                .collect(),
            From::NewerThan(key) => index
                .range((Bound::Excluded(key), Bound::Unbounded))
                .copied()
                .filter(|key| kept(key))
                .take(wanted)
                .collect(),
        };
        let has_more = items.len() > self.limit;
        items.truncate(self.limit);
        if matches!(self.from, From::NewerThan(_)) {
            items.reverse();
        }
        Page {
            items,
            has_more,
            looked_at,
        }
    }
}

/// The envelope of a list.
pub(crate) fn list(url: impl Into<String>, data: Vec<Value>, has_more: bool) -> Value {
    json!({
        "object": "list",
        "data": data,
        "has_more": has_more,
        "url": url.into(),
    })
}
