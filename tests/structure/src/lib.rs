//! Checks that the files and folders of a crate import one another in one direction.
//!
//! A file imports another when its code, tests aside, names something that the other defines: through
//! `use`, a path, a module's name, a glob, or a macro's tokens, followed through every re-export. A
//! re-export alone is no import, and neither is declaring a module. What calls a method or uses a
//! trait's without naming it is not seen.

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
