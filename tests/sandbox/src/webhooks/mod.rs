//! Webhooks: endpoints, signatures, deliveries and retries.

mod endpoint;
mod queue;
mod send;
mod signature;
mod target;

pub(crate) use self::endpoint::Endpoint;
pub use self::endpoint::NewEndpoint;
pub use self::queue::Delivered;
pub(crate) use self::queue::{OnDelivery, Webhooks};
pub(crate) use self::send::Sender;
