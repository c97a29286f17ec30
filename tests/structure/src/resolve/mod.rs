//! From names to the files that define them, through every re-export.

mod known;
mod paths;
mod settle;

pub(crate) use known::Targets;
pub(crate) use paths::resolve;
pub(crate) use settle::settle;
