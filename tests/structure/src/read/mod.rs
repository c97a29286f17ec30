//! From a source folder to its [`Tree`](crate::tree::Tree).

mod crates;
mod locate;
mod module;
mod reader;
mod unreached;
mod visitor;

pub(crate) use crates::read;
