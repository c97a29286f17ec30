//! Pages: a window of an ordered index, newest first.

use std::collections::BTreeSet;
use std::ops::{Bound, Range};

use serde_json::{Value, json};

use crate::choices::LimitPolicy;
use crate::errors::ApiError;
use crate::settings::Settings;

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

/// Keys in order, of which any part costs what it is long.
pub(crate) trait Ordered<K> {
    /// The keys above `low` and below `high`, ascending.
    fn between(&self, low: Option<K>, high: Option<K>) -> impl DoubleEndedIterator<Item = K>;
}

impl<K: Ord + Copy> Ordered<K> for BTreeSet<K> {
    fn between(&self, low: Option<K>, high: Option<K>) -> impl DoubleEndedIterator<Item = K> {
        let bound = |key: Option<K>| key.map_or(Bound::Unbounded, Bound::Excluded);
        self.range((bound(low), bound(high))).copied()
    }
}

impl Ordered<usize> for Range<usize> {
    fn between(
        &self,
        low: Option<usize>,
        high: Option<usize>,
    ) -> impl DoubleEndedIterator<Item = usize> {
        let low = low.map_or(self.start, |low| low + 1);
        low..high.unwrap_or(self.end)
    }
}

impl<K: Ord + Copy> Window<K> {
    /// Takes the window from an index. The cost is the length of the page, wherever the page is,
    /// unless `keep` filters entries out.
    pub(crate) fn of(&self, index: &impl Ordered<K>, keep: impl Fn(K) -> bool) -> Page<K> {
        let mut looked_at = 0;
        let kept = |key: &K| {
            looked_at += 1;
            keep(*key)
        };
        // One more than the limit shows whether there is more.
        let wanted = self.limit + 1;
        let mut items: Vec<K> = match self.from {
            From::Newest => older(index, None).filter(kept).take(wanted).collect(),
            From::OlderThan(key) => older(index, Some(key)).filter(kept).take(wanted).collect(),
            From::NewerThan(key) => {
                let newer = index.between(Some(key), None);
                newer.filter(kept).take(wanted).collect()
            }
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

fn older<K>(index: &impl Ordered<K>, than: Option<K>) -> impl Iterator<Item = K> {
    index.between(None, than).rev()
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
