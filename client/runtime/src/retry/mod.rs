//! Whether and when a request is sent again.

pub(crate) mod backoff;
mod budget;
mod policy;

pub(crate) use budget::{Budgets, Reserved};
pub(crate) use policy::{Decision, Facts, Fault, decide, retry_after, should_retry};
