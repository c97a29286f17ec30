//! Checks that the files and folders of a crate import one another in one direction.
//!
//! A file imports another when its code, tests aside, names something that the other defines: through
//! `use`, a path, a module's name, a glob, or a macro's tokens, followed through every re-export. A
//! re-export alone is no import, and neither is declaring a module.
//!
//! What is not seen: calling a method, or using a trait's that a glob brings, without naming the type or
//! the trait; a module that a macro declares, though a file that only such a module leads to is refused;
//! a function without a path that is handed over, not called, within a macro's tokens; a lone name that a
//! macro makes an item of, where a glob brings it; a module (not a function) named in an attribute's text,
//! as in `#[serde(with = "…")]`; a name inside a format string; what `include!` brings; and a crate that
//! calls itself by another name, as `extern crate self as me` does.

mod circle;
mod collect;
mod error;
mod folders;
mod imports;
mod knots;
mod order;
mod read;
mod resolve;
mod syntax;
mod tree;

pub use circle::{Circle, circles};
pub use collect::imports;
pub use error::Error;
pub use imports::{Import, Imports};
pub use order::{Order, Violation};
