//! The API as its document describes it: operations, shapes and versions.

mod document;
pub(crate) mod history;
mod operation;
pub(crate) mod validate;
pub(crate) mod version;

pub(crate) use self::document::Document;
pub use self::operation::Operation;
