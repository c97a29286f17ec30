//! Limits that a client keeps to by itself: how many requests are under way at once, and how many begin
//! in a second.

mod cubic;
mod limiter;
mod measured;
mod rate;
#[cfg(test)]
mod tests;

pub(crate) use limiter::{Lane, Limiter, Slot};
