//! Every integration test, in one binary: a file per behaviour.

mod client_errors;
mod client_faults;
mod client_matrix;
mod client_secrets;
mod sandbox;
mod sandbox_operations;
mod script_server;
mod webhook_delivery;
mod webhook_events;
mod webhook_tampering;
mod webhook_vectors;
