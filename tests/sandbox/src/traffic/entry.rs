//! One request in the log: kept small, and shown whole.

use axum::http::HeaderMap;

use super::secrets::{masked_header, masked_text};
use crate::api::Operation;
use crate::limits::LOGGED_BODY;
use crate::wire::Incoming;

/// A request that the sandbox received, and its outcome. Keys and secrets in it are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// Its number, from 1.
    pub number: u64,
    /// When it arrived, in seconds since 1970 by the sandbox's clock.
    pub time: i64,
    /// The method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The query, as it was sent.
    pub query: String,
    /// The headers, as they were sent, but for credentials.
    pub headers: Vec<(String, String)>,
    /// The body, as it was sent, up to 64 KiB.
    pub body: Vec<u8>,
    /// How long the body was, in bytes.
    pub body_length: usize,
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

/// What became of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) status: Option<u16>,
    pub(crate) effect: bool,
    pub(crate) replayed: bool,
    pub(crate) faulted: bool,
    pub(crate) violation: Option<Box<str>>,
    pub(crate) looked_at: usize,
}

/// A request in the log. Its headers are one text of a line each, which takes a third of the memory
/// of a list.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    time: i64,
    method: Box<str>,
    path: Box<str>,
    query: Box<str>,
    headers: Box<str>,
    body: Box<[u8]>,
    body_length: usize,
    operation: Option<Operation>,
    request_id: Box<str>,
    pub(crate) outcome: Outcome,
}

impl Entry {
    pub(crate) fn new(
        incoming: &Incoming,
        operation: Option<Operation>,
        request_id: &str,
        time: i64,
    ) -> Self {
        let body = &incoming.body[..incoming.body.len().min(LOGGED_BODY)];
        // Secrets are text. A body that is not is kept without its odd bytes.
        let body = masked_text(&String::from_utf8_lossy(body));
        Self {
            number: 0,
            time,
            method: incoming.method.as_str().into(),
            path: masked_text(&incoming.path).into(),
            query: masked_text(&incoming.query).into(),
            headers: lines(&incoming.headers).into(),
            body: body.into_bytes().into(),
            body_length: incoming.body.len(),
            operation,
            request_id: request_id.into(),
            outcome: Outcome::default(),
        }
    }

    /// The memory that it takes, about.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.method.len()
            + self.path.len()
            + self.query.len()
            + self.headers.len()
            + self.body.len()
            + self.request_id.len()
    }

    pub(crate) fn show(&self) -> Recorded {
        let headers: Vec<(String, String)> = self
            .headers
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let key = headers.iter().find(|(name, _)| name == "idempotency-key");
        Recorded {
            number: self.number,
            time: self.time,
            method: self.method.to_string(),
            path: self.path.to_string(),
            query: self.query.to_string(),
            body: self.body.to_vec(),
            body_length: self.body_length,
            operation: self.operation,
            idempotency_key: key.map(|(_, value)| value.clone()),
            request_id: self.request_id.to_string(),
            status: self.outcome.status,
            effect: self.outcome.effect,
            replayed: self.outcome.replayed,
            faulted: self.outcome.faulted,
            violation: self.outcome.violation.as_deref().map(str::to_owned),
            looked_at: self.outcome.looked_at,
            headers,
        }
    }
}

/// Headers, each on a line of its own: `name:value`.
fn lines(headers: &HeaderMap) -> String {
    let mut lines = String::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        lines.push_str(name.as_str());
        lines.push(':');
        // A header's value has no line break.
        lines.push_str(&masked_header(name.as_str(), &value));
        lines.push('\n');
    }
    lines
}
