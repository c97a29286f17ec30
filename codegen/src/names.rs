//! Names in Rust: the one place where they are chosen.
//!
//! [`case`] turns a name of the document into words of Rust's, [`reserved`] lists what a generated
//! crate must not touch, [`scope`] tells equal names apart, and [`types`] keeps the names that a crate
//! has given, so that a newer document renames nothing.

mod case;
mod reserved;
mod scope;
mod types;
mod values;

pub(crate) use case::{ascii_snake, pascal, singular, snake};
#[cfg(test)]
pub(crate) use reserved::REQUEST_METHODS;
pub(crate) use scope::{Scope, function_name, resource_name};
pub(crate) use types::Names;
pub(crate) use values::{fields, variants};
