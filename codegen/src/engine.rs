//! The generator, progenitor, and what it decides.
//!
//! [`run`] runs it on a lowered document, and [`read`] takes its decisions out of what it made: the type
//! of every field, whether it may be absent, the types of an operation's arguments and of its answer.
//! Nothing else of it is used, and no other file knows it.

mod error;
mod read;
mod run;
mod ty;

pub(crate) use read::{Decisions, FieldDecision, Shape, Signature};
pub(crate) use run::decide;
pub(crate) use ty::Ty;
