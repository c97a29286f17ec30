//! What one tenant has, and what is due for it.

mod check;
mod schedule;
mod tables;

pub(crate) use self::schedule::Task;
pub(crate) use self::tables::Ledger;
