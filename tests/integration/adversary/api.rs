//! What the server knows: what was executed, and what it answers when it is well.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::act::Act;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Path and query.
    pub(crate) target: String,
    pub(crate) key: Option<String>,
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

const ACCOUNTS: &str = "/v1/financial_connections/accounts";
/// When refreshes are started, in seconds since 1970.
pub(crate) const STARTED: i64 = 1_790_000_000;
/// How often an account is polled before its refresh has ended.
const POLLS: u32 = 2;
/// The ids of the list, in pages of three.
pub(crate) const LISTED: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

#[derive(Debug, Default)]
pub(crate) struct Api {
    /// The keys that had an effect, by path.
    effects: BTreeMap<String, BTreeSet<String>>,
    /// How often each account was polled since its refresh.
    polls: BTreeMap<String, u32>,
}

impl Api {
    /// How often the POST on this path has had an effect.
    pub(crate) fn effects(&self, path: &str) -> usize {
        self.effects.get(path).map_or(0, BTreeSet::len)
    }

    /// Executes a request as far as the act does, and gives the response.
    pub(crate) fn answer(&mut self, asked: &Asked, act: Act) -> Response {
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if let (Some(key), true) = (&asked.key, act.executes()) {
            let keys = self.effects.entry(asked.target.clone()).or_default();
            if !keys.insert(key.clone()) {
                headers.push(("idempotent-replayed", "true".to_owned()));
            }
        }
        let (status, body) = match act {
            Act::Status { status, .. } => (status, error(status)),
            Act::Replayed => {
                headers.push(("idempotent-replayed", "true".to_owned()));
                (500, error(500))
            }
            Act::Limited { hours } => {
                let now = STARTED + hours * 3600;
                headers.push(("date", date(now)));
                headers.push(("retry-after", date(now + 2)));
                (429, error(429))
            }
            _ => (200, self.body(asked, act == Act::OldReplica)),
        };
        Response {
            status,
            headers,
            body: body.to_string().into_bytes(),
        }
    }

    fn body(&mut self, asked: &Asked, is_old: bool) -> Value {
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        if path == ACCOUNTS {
            return page(query);
        }
        let rest = path.strip_prefix(ACCOUNTS).unwrap().trim_start_matches('/');
        let (id, action) = rest.split_once('/').unwrap_or((rest, ""));
        let (status, at) = match (action, self.polls.get_mut(id)) {
            ("refresh", _) => {
                self.polls.insert(id.to_owned(), 0);
                ("pending", STARTED)
            }
            (_, Some(_)) if is_old => ("succeeded", STARTED - 60),
            (_, Some(polls)) => {
                *polls += 1;
                let has_ended = *polls > POLLS;
                (if has_ended { "succeeded" } else { "pending" }, STARTED)
            }
            (_, None) => return account(id),
        };
        let mut account = account(id);
        account["balance_refresh"] =
            json!({ "last_attempted_at": at, "next_refresh_available_at": null, "status": status });
        account
    }
}

fn date(seconds: i64) -> String {
    let seconds = std::time::Duration::from_secs(seconds.try_into().unwrap());
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + seconds)
}

fn error(status: u16) -> Value {
    json!({ "error": { "type": "api_error", "message": format!("{status}") } })
}

fn page(query: &str) -> Value {
    let after = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("starting_after="));
    let index = |id: &str| LISTED.iter().position(|it| *it == id).unwrap();
    let first = after.map_or(0, |id| index(id) + 1);
    let end = (first + 3).min(LISTED.len());
    let data: Vec<_> = LISTED[first..end].iter().map(|id| account(id)).collect();
    json!({ "object": "list", "data": data, "has_more": end < LISTED.len(), "url": ACCOUNTS })
}

fn account(id: &str) -> Value {
    json!({
        "id": id,
        "object": "financial_connections.account",
        "category": "cash",
        "created": STARTED,
        "institution_name": "Test Bank",
        "livemode": false,
        "status": "active",
        "subcategory": "checking",
        "supported_payment_method_types": ["us_bank_account"],
    })
}
