//! What the text of the generated files says.
//!
//! Reading the text rather than the compiled types lets the harness change it in process. That both
//! say the same is a test of its own.

mod declared;
pub(crate) mod lines;
mod operations;
mod read;
mod rust_type;
mod shapes;
pub(crate) mod spelled;

pub(crate) use self::read::{Files, committed, of, read};
