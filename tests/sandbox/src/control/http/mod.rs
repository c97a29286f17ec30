//! The control handle over HTTP, below `/_sandbox`: JSON in, JSON out, and an OpenAPI document of it.

mod account_bodies;
mod accounts;
mod bank;
mod clock;
mod context;
mod fault_bodies;
mod faults;
mod input;
mod keys;
mod requests;
mod router;
mod sessions;
mod settings;
mod snapshots;
mod webhooks;

pub(crate) use self::router::{PREFIX, Surface};
