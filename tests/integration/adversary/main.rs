//! A server that misbehaves by script, in HTTP/1.1 and HTTP/2 over TLS, and what holds through it all:
//!
//! - every POST has at most one effect;
//! - each call ends within its deadline;
//! - `maybe_executed` is never false when there was an effect;
//! - whatever bytes came are on the error;
//! - the next request succeeds when the server is well again;
//! - a call that is dropped at any point leaves the retry budget and the pool right.
//!
//! Every act is played by itself, and random scripts from fixed seeds. `ADVERSARY_MINUTES=30 cargo test
//! -p stripe-financial-connections-integration --test adversary random -- --nocapture` plays random
//! scripts for so long and prints their seeds; `ADVERSARY_SEED=…` plays one of them again.

// So that clippy takes helpers for tests too, and lets them unwrap.
#![cfg(test)]

mod act;
mod api;
mod call;
mod certificate;
#[expect(dead_code, reason = "other tests look at the pauses")]
#[path = "../it/support/script_server/clock.rs"]
mod clock;
mod dropped;
mod http1;
mod http2;
mod pings;
mod random;
mod scenario;
mod server;
mod suite;
mod wire;
mod world;
