//! Every integration test but that of the types, in one binary: a folder for what is tested, a file
//! for a behaviour.

// So that clippy takes helpers for tests too, and lets them unwrap.
#![cfg(test)]

mod client;
#[path = "../types/comparison/mod.rs"]
mod comparison;
mod mutations;
mod readme;
mod sandbox;
mod slices;
mod support;
mod webhook;
mod wire;
