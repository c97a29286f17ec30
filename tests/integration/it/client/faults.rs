//! Thousands of faults, and what must hold through all of them: an effect happens at most once for
//! each key, and the client never claims what is not so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::script_server::{Cut, Reply, ScriptServer, Seen};

const REQUESTS: usize = 800;
const FAULTS: usize = 2_000;

/// What a server does with a request before it lets it through.
#[derive(Clone, Copy, Debug)]
enum Fault {
    ResetBeforeWork,
    ResetAfterWork,
    CutInHead,
    CutBeforeBody,
    CutInBody,
    CloseAfterBody,
    TimeOutBeforeWork,
    TimeOutAfterWork,
    Conflict,
    RateLimit,
    RateLimitRetryAfter,
    RateLimitRetryAfterDate,
    ServerBeforeWork,
    ServerAfterWork,
    ServerRetry,
    ServerStop,
    Html,
}

const ALL: [Fault; 17] = [
    Fault::ResetBeforeWork,
    Fault::ResetAfterWork,
    Fault::CutInHead,
    Fault::CutBeforeBody,
    Fault::CutInBody,
    Fault::CloseAfterBody,
    Fault::TimeOutBeforeWork,
    Fault::TimeOutAfterWork,
    Fault::Conflict,
    Fault::RateLimit,
    Fault::RateLimitRetryAfter,
    Fault::RateLimitRetryAfterDate,
    Fault::ServerBeforeWork,
    Fault::ServerAfterWork,
    Fault::ServerRetry,
    Fault::ServerStop,
    Fault::Html,
];

/// The server's books.
#[derive(Default)]
struct Books {
    /// How often each path, which is one request of a caller, took effect.
    effects: BTreeMap<String, usize>,
    /// The keys that have taken effect.
    done: BTreeSet<String>,
    /// The keys that came with each path.
    keys: BTreeMap<String, BTreeSet<String>>,
    faults: usize,
}

impl Books {
    /// Takes effect, unless the key already did.
    fn work(&mut self, seen: &Seen) -> Reply {
        let is_new = self.done.insert(key(seen));
        if is_new {
            *self.effects.entry(seen.target.clone()).or_default() += 1;
        }
        Reply::account("fca_1").header("Idempotent-Replayed", (!is_new).to_string())
    }

    fn answer(&mut self, fault: Option<Fault>, seen: &Seen) -> Reply {
        self.keys
            .entry(seen.target.clone())
            .or_default()
            .insert(key(seen));
        let Some(fault) = fault else {
            return self.work(seen);
        };
        self.faults += 1;
        let limited = || Reply::error(429, "invalid_request_error", Some("rate_limit"));
        let failed = || Reply::error(500, "api_error", None);
        let late = Duration::from_secs(81);
        match fault {
            Fault::ResetBeforeWork => failed().cut(Cut::BeforeAnswer),
            Fault::ResetAfterWork => self.work(seen).cut(Cut::BeforeAnswer),
            Fault::CutInHead => self.work(seen).cut(Cut::WithinHead),
            Fault::CutBeforeBody => self.work(seen).cut(Cut::BeforeBody),
            Fault::CutInBody => self.work(seen).cut(Cut::WithinBody),
            Fault::CloseAfterBody => self.work(seen).cut(Cut::AfterBody),
            Fault::TimeOutBeforeWork => failed().late(late),
            Fault::TimeOutAfterWork => self.work(seen).late(late),
            Fault::Conflict => {
                Reply::error(409, "idempotency_error", Some("idempotency_key_in_use"))
            }
            Fault::RateLimit => limited(),
            Fault::RateLimitRetryAfter => limited().header("Retry-After", "2"),
            Fault::RateLimitRetryAfterDate => {
                limited().header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")
            }
            Fault::ServerBeforeWork => failed(),
            Fault::ServerAfterWork => {
                self.work(seen);
                failed()
            }
            Fault::ServerRetry => failed().header("Stripe-Should-Retry", "true"),
            Fault::ServerStop => failed().header("Stripe-Should-Retry", "false"),
            Fault::Html => Reply::html(503),
        }
    }
}

fn key(seen: &Seen) -> String {
    seen.idempotency_key()
        .expect("every POST has a key")
        .to_owned()
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[tokio::test]
async fn an_effect_happens_at_most_once_and_nothing_is_lost_silently() {
    let books = Arc::new(Mutex::new(Books::default()));
    let server = {
        let books = Arc::clone(&books);
        let mut numbers = Numbers(0x5eed);
        ScriptServer::play(move |_, seen| {
            let fault = (numbers.below(100) < 85).then(|| ALL[numbers.below(ALL.len())]);
            books.lock().unwrap().answer(fault, seen)
        })
        .await
    };
    // The budget has a test of its own, and time enough lets every retry be made.
    let client = server
        .builder()
        .max_retries(5)
        .retry_budget(u32::MAX)
        .deadline(Duration::from_secs(100_000))
        .build()
        .unwrap();

    let (mut succeeded, mut failed, mut without_effect) = (0, 0, 0);
    for number in 0..REQUESTS {
        let answer = client.accounts().disconnect(format!("fca_{number}")).await;
        let books = books.lock().unwrap();
        let path = format!("/v1/financial_connections/accounts/fca_{number}/disconnect");
        let keys = &books.keys[&path];
        assert_eq!(keys.len(), 1, "one key over all attempts");
        let key = keys.first().unwrap();
        let effects = books.effects.get(&path).copied().unwrap_or_default();
        match answer {
            Ok(account) => {
                succeeded += 1;
                assert_eq!(account.idempotency_key().unwrap().as_str(), key);
                assert_eq!(effects, 1, "a success is an effect");
            }
            Err(error) => {
                failed += 1;
                assert_eq!(error.idempotency_key().unwrap().as_str(), key);
                assert!(effects <= 1);
                assert!(
                    effects == 0 || error.maybe_executed(),
                    "a lost effect: {error}"
                );
                without_effect += usize::from(!error.maybe_executed());
            }
        }
    }

    let books = books.lock().unwrap();
    assert!(books.faults >= FAULTS, "{} faults", books.faults);
    assert_eq!(books.keys.len(), REQUESTS);
    let keys: BTreeSet<_> = books.keys.values().flatten().collect();
    assert_eq!(keys.len(), REQUESTS, "no two requests share a key");
    // The script is such that each case occurs, or the assertions above would prove little.
    assert!(succeeded > 100 && failed > 50, "{succeeded} {failed}");
    assert!(without_effect < failed, "{without_effect} {failed}");
}

#[tokio::test]
async fn a_key_of_the_callers_own_resumes_after_a_failure() {
    let books = Arc::new(Mutex::new(Books::default()));
    let shared = Arc::clone(&books);
    let server = ScriptServer::play(move |number, seen| {
        let fault = (number < 3).then_some(Fault::ResetAfterWork);
        shared.lock().unwrap().answer(fault, seen)
    })
    .await;
    let client = server.client();
    let disconnect = client.accounts().disconnect("fca_1");
    let error = disconnect.clone().await.unwrap_err();
    assert!(error.is_interrupted() && error.maybe_executed());

    // Another process, with what the first one had written down.
    let key = error.idempotency_key().unwrap().clone();
    let account = server
        .client()
        .accounts()
        .disconnect("fca_1")
        .idempotency_key(key)
        .await
        .unwrap();
    assert_eq!(account.id, "fca_1");
    assert!(account.is_replayed());
    let effects = || books.lock().unwrap().effects.values().sum::<usize>();
    assert_eq!(effects(), 1);

    // The same request without the key is another effect, and meant to be.
    disconnect.await.unwrap();
    assert_eq!(effects(), 2);
}
