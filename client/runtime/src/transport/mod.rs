//! Sending requests: one call, over as many attempts as it takes.

mod answer;
mod attempt;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod call;
mod execute;
mod executed;
mod task;
mod trace;

pub(crate) use answer::Answer;
pub use call::Call;
pub(crate) use call::Pending;
pub(crate) use executed::Executed;
pub(crate) use task::Task;
