//! Every integration test, in one binary: a file per behaviour.

mod sandbox;
mod sandbox_operations;
