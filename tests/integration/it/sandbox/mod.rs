//! The sandbox, by plain HTTP and by our client.

mod access;
mod client;
mod control;
mod errors;
mod faults;
mod generated;
mod idempotency;
mod lifetime;
mod operations;
mod pages;
mod scale;
mod states;
mod webhooks;
