//! What generated code reaches of this crate. Beside it, the `lib.rs` of a generated crate re-exports the
//! items at this crate's root and forwards its features.
//!
//! It is versioned, since a crate that was generated yesterday has to compile over the runtime of
//! tomorrow. What may change in a version, and what takes a new one:
//!
//! - Items may be added to a version. None is removed, renamed or given another signature, and no
//!   macro stops accepting a form that it accepts. The same holds for the items at the root and for the
//!   names of features.
//! - What a macro expands to may change, if every crate that compiled still compiles and sends, reads
//!   and writes the same bytes.
//! - Anything else goes into a new version, a module beside this one; the old one stays, over the new
//!   code, until the next major release of this crate.
//!
//! `tests/frozen-slice` is a crate as the generator once made it. It is never generated again, and
//! the build fails if it no longer compiles.

pub mod v1;
