//! Webhooks: endpoints, signatures, deliveries and retries.

mod endpoint;
mod post;
mod queue;
mod signature;

pub(crate) use self::endpoint::Endpoint;
pub use self::endpoint::NewEndpoint;
pub(crate) use self::post::{post, target};
pub use self::queue::Delivered;
pub(crate) use self::queue::{Parcel, Webhooks};
