//! Polling: waiting until an object has reached a state.

mod policy;
mod poller;

pub use policy::Poll;
pub use poller::Poller;
