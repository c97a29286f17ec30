//! The document and the generated types, side by side.

pub mod compare;
pub mod compiled;
pub mod document;
pub mod facts;
pub mod names;
pub mod rules;
pub mod show;
pub mod source;
