//! Webhook events: signed, verified, read.

mod delivery;
mod events;
mod odd_input;
mod tampering;
mod vectors;
mod verifier;
