//! Every integration test, in one binary: a file per behaviour.

mod sandbox;
mod sandbox_operations;
mod webhook_events;
mod webhook_tampering;
mod webhook_vectors;
