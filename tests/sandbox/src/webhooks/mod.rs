//! Webhooks: who is told of events, how they are signed, and when they are sent again.

mod endpoint;
mod post;
mod queue;
mod signature;

pub(crate) use self::endpoint::Endpoint;
pub use self::endpoint::NewEndpoint;
pub(crate) use self::post::{post, target};
pub use self::queue::Delivered;
pub(crate) use self::queue::{Parcel, Webhooks};
