//! The document and the generated types, side by side.

#![allow(
    dead_code,
    unused_imports,
    reason = "two test targets share this, and each needs a part"
)]

pub(crate) mod committed;
pub(crate) mod compare;
mod difference;
pub(crate) mod document;
pub(crate) mod facts;
pub(crate) mod names;
pub(crate) mod rules;
pub(crate) mod show;
pub(crate) mod source;
