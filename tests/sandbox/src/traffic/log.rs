//! The log: every request, and whether it took effect.

use std::collections::VecDeque;

use crate::api::Operation;

/// The number of requests that are kept.
const KEPT: usize = 10_000;

/// A request that the sandbox received, and its outcome.
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
    /// The request id of the response.
    pub request_id: String,
    /// The status of the response; `None` while it runs, and if the connection was reset instead.
    pub status: Option<u16>,
    /// Whether it was executed and succeeded. For a POST: whether it took effect.
    pub effect: bool,
    /// Whether it was replayed from its idempotency key.
    pub replayed: bool,
    /// Whether a fault was injected.
    pub faulted: bool,
    /// The mistake in the response that the sandbox would have sent.
    pub violation: Option<String>,
    /// How many entries of an index a list visited.
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

/// The callback for every request once its response is ready.
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
