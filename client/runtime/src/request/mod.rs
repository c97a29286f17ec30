//! Requests on their way, and their responses.

mod content;
mod future;
mod response;

#[cfg(feature = "blocking")]
pub use content::send_content_blocking;
pub use content::{Content, ContentFuture, send_content};
#[cfg(feature = "blocking")]
pub(crate) use future::block_on;
#[cfg(feature = "blocking")]
pub use future::send_blocking;
pub use future::{ResponseFuture, send};
pub use response::Response;
