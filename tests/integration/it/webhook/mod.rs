//! Webhook events: signed, verified, read.

mod delivery;
mod events;
mod tampering;
mod vectors;
