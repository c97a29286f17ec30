//! The generated types against the document, with a snapshot of each.
//!
//! It depends on nothing of the client but its types, and names none of their fields: when upstream
//! takes one away, this still compiles and shows what changed.

// So that clippy takes helpers for tests too, and lets them unwrap.
#![cfg(test)]

mod comparison;
mod compiled;
mod document;
