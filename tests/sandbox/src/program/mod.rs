//! The sandbox as a program.

mod run;
mod table;

pub use self::run::{Options, serve};
