//! Sending requests: one call, over as many attempts as it takes.

mod answer;
mod attempt;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod body;
mod call;
mod classify;
mod execute;
mod executed;
mod failure;
mod received;
mod task;
mod trace;

pub(crate) use answer::Answer;
pub use call::Call;
pub(crate) use executed::Executed;
pub(crate) use received::{Decoded, Pending, Received};
pub(crate) use task::Task;
