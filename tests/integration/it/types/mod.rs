//! The document and the generated types, side by side.

pub(crate) mod answers;
pub(crate) mod compare;
pub(crate) mod compiled;
pub(crate) mod document;
pub(crate) mod examples;
pub(crate) mod facts;
pub(crate) mod names;
pub(crate) mod rules;
pub(crate) mod sent;
pub(crate) mod show;
pub(crate) mod source;
