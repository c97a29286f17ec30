//! The sandbox, by plain HTTP and by our client.

mod access;
mod client;
mod control;
mod errors;
mod events;
mod faults;
mod generated;
mod guard;
mod http_layer;
mod idempotency;
mod keys;
mod lifetime;
mod limits;
mod operations;
mod pages;
mod scale;
mod settings;
mod snapshots;
mod states;
mod surface;
mod values;
mod versions;
mod webhooks;
