//! The log: every request, and whether it took effect.

use std::collections::VecDeque;

use crate::api::Operation;

/// How many requests are kept.
const KEPT: usize = 10_000;

/// A request that the sandbox received, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// Its number, from 1.
    pub number: u64,
    /// The method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The query, as it was sent.
    pub query: String,
    /// The headers, as they were sent.
    pub headers: Vec<(String, String)>,
    /// The body, as it was sent.
    pub body: Vec<u8>,
    /// The operation that method and path mean.
    pub operation: Option<Operation>,
    /// The idempotency key.
    pub idempotency_key: Option<String>,
    /// The id that the answer bears.
    pub request_id: String,
    /// The status of the answer; `None` while it runs, and where the connection was reset instead.
    pub status: Option<u16>,
    /// Whether it was executed and succeeded. For a POST: whether it took effect.
    pub effect: bool,
    /// Whether it was answered from what was kept under its idempotency key.
    pub replayed: bool,
    /// Whether a fault from the script was its answer.
    pub faulted: bool,
    /// What was wrong with the answer that the sandbox would have given.
    pub violation: Option<String>,
    /// How many entries of an index a list looked at.
    pub looked_at: usize,
}

impl Recorded {
    /// A header of the request, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

/// What is called with every request once it is answered.
pub(crate) type OnRequest = Box<dyn Fn(&Recorded) + Send + Sync>;

/// The last requests.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: VecDeque<Recorded>,
    count: u64,
}

impl Log {
    /// Adds a request and gives it its number.
    pub(crate) fn begin(&mut self, mut entry: Recorded) -> u64 {
        self.count += 1;
        entry.number = self.count;
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.count
    }

    /// The entry of a number, while it is kept.
    pub(crate) fn entry(&mut self, number: u64) -> Option<&mut Recorded> {
        let first = self.entries.front()?.number;
        let at = usize::try_from(number.checked_sub(first)?).ok()?;
        self.entries.get_mut(at)
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Recorded> {
        self.entries.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
