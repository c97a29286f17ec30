//! Two crates as the generator made them for version 1 of the runtime's seam, with what their `lib.rs`
//! exports, and the one module that is written over the seam by hand.
//!
//! They stand for the crates that users generated and did not generate again: over every later runtime
//! they have to compile, with each feature, and send what they sent. Nothing beside this file is ever
//! edited or generated again; a test compares the digest. What the seam gains later is frozen beside it:
//! `quay` is the second of the crates once more, with JSON bodies, queries beside bodies, searches and
//! responses that are not JSON. A second version of the seam gets a crate of its own.

#[rustfmt::skip]
pub mod accounts;
#[rustfmt::skip]
pub mod exports;
#[rustfmt::skip]
pub mod exports_of_quay;
#[rustfmt::skip]
pub mod harbour;
#[rustfmt::skip]
pub mod quay;
#[rustfmt::skip]
pub mod refresh;
