//! What the types read and the builders send, against what the document allows.

mod answers;
pub(crate) mod check;
mod examples;
mod fixtures;
mod form;
pub(crate) mod reading;
mod requests;
mod samples;
pub(crate) mod sent;
mod verbatim;
