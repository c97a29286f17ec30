//! Every integration test, in one binary: a file per behaviour.

// So that clippy takes helpers for tests too, and lets them unwrap.
#![cfg(test)]

mod client_blocking;
mod client_errors;
mod client_faults;
mod client_matrix;
mod client_pages;
mod client_properties;
mod client_refresh;
mod client_requests;
mod client_retry;
mod client_secrets;
mod client_stream;
mod client_tls;
mod fixtures;
mod readme;
mod sandbox;
mod sandbox_client;
mod sandbox_control;
mod sandbox_errors;
mod sandbox_faults;
mod sandbox_generated;
mod sandbox_idempotency;
mod sandbox_operations;
mod sandbox_pages;
mod sandbox_scale;
mod sandbox_states;
mod sandbox_webhooks;
mod script_server;
mod types;
mod types_document;
mod types_generated;
mod types_mutations;
mod webhook_delivery;
mod webhook_events;
mod webhook_tampering;
mod webhook_vectors;
mod wire_answers;
mod wire_requests;
