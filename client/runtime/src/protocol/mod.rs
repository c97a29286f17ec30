//! HTTP as the API speaks it: where requests go, the operations, and the headers.

mod base_url;
pub(crate) mod headers;
mod method;
mod operation;
mod path;
mod service;

pub(crate) use base_url::BaseUrl;
pub use method::Method;
pub use operation::Operation;
pub(crate) use path::Path;
#[cfg(feature = "webhook")]
pub(crate) use path::encoded_segment;
pub use service::Service;
