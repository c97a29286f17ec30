//! The sandbox as a program.

mod config;
mod lines;
mod options;
mod run;
mod signal;
mod table;

pub use self::options::Options;
pub use self::run::serve;
