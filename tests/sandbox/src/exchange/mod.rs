//! One request, from its bytes to the bytes of its response.

mod admission;
mod context;
mod disturb;
mod execute;
mod parse;
mod run;

pub(crate) use self::run::{answer, refuse};
