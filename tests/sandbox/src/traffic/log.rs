//! The log: the requests so far, and what they did.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::entry::{Entry, Outcome};
use crate::api::Operation;
use crate::limits::{COUNTED_KEYS, LOG_BYTES, LOG_ENTRIES};

/// The last requests, and the effects of all of them.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: VecDeque<Arc<Entry>>,
    count: u64,
    bytes: usize,
    effects: Effects,
}

/// How many requests took effect.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effects {
    pub(crate) operations: HashMap<Operation, usize>,
    pub(crate) keys: HashMap<Arc<str>, usize>,
    /// The keys, oldest first.
    order: VecDeque<Arc<str>>,
}

impl Log {
    /// Adds a request and gives it its number.
    pub(crate) fn begin(&mut self, mut entry: Entry) -> u64 {
        self.count += 1;
        entry.number = self.count;
        self.bytes += entry.bytes();
        self.entries.push_back(Arc::new(entry));
        while self.entries.len() > LOG_ENTRIES || self.bytes > LOG_BYTES {
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.bytes -= oldest.bytes();
        }
        self.count
    }

    /// Records the outcome of a request, and returns its entry while that is kept.
    pub(crate) fn end(&mut self, number: u64, outcome: Outcome) -> Option<Arc<Entry>> {
        let first = self.entries.front()?.number;
        let at = usize::try_from(number.checked_sub(first)?).ok()?;
        let entry = self.entries.get_mut(at)?;
        Arc::make_mut(entry).outcome = outcome;
        Some(Arc::clone(entry))
    }

    /// The entries above a number, oldest first, and whether there are more than `most` of them.
    pub(crate) fn page(&self, after: u64, most: usize) -> (Vec<Arc<Entry>>, bool) {
        let first = self.entries.front().map_or(0, |entry| entry.number);
        let skipped = usize::try_from((after + 1).saturating_sub(first)).unwrap_or(usize::MAX);
        let mut entries = self.entries.iter().skip(skipped);
        let page = entries.by_ref().take(most).cloned().collect();
        (page, entries.next().is_some())
    }

    /// Counts an effect. That is done before its response can be replayed: whoever has seen a response
    /// finds its effect counted.
    pub(crate) fn count(&mut self, operation: Operation, key: Option<&str>) {
        self.effects.count(operation, key);
    }

    pub(crate) const fn effects(&self) -> &Effects {
        &self.effects
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
        self.effects = Effects::default();
    }
}

impl Effects {
    fn count(&mut self, operation: Operation, key: Option<&str>) {
        *self.operations.entry(operation).or_default() += 1;
        let Some(key) = key.filter(|_| operation.writes()) else {
            return;
        };
        if let Some(count) = self.keys.get_mut(key) {
            *count += 1;
            return;
        }
        let key: Arc<str> = key.into();
        self.keys.insert(Arc::clone(&key), 1);
        self.order.push_back(key);
        if self.order.len() > COUNTED_KEYS
            && let Some(oldest) = self.order.pop_front()
        {
            self.keys.remove(&oldest);
        }
    }
}
