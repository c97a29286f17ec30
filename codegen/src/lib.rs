//! From an upstream OpenAPI document to the client's generated text: documents in, texts out.
//!
//! Nothing here touches the file system or prints; that is `xtask`'s part. The modules stand in the
//! order in which a document passes through them.

mod error;
mod pointer;

pub use error::{Error, Result, Stage};
pub use pointer::Pointer;
