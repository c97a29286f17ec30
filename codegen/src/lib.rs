//! From an upstream OpenAPI document to the client's generated text: documents in, texts out.
//!
//! Nothing here touches the file system or prints; that is `xtask`'s part. The modules stand in the
//! order in which a document passes through them.

mod canonical;
mod document;
pub mod drift;
mod error;
mod generate;
mod marks;
mod names;
mod normalise;
mod overlay;
mod pipeline;
mod pointer;
mod postprocess;
mod schemas;
mod slice;
mod slice_crate;
mod slicing;
mod trim;
mod undocumented;
mod verify;
mod walk;

pub use canonical::{Difference, canonical_text, differences};
pub use document::parse;
pub use drift::drift;
pub use error::{Error, Result, Stage};
pub use pipeline::{Output, Sources, client};
pub use pointer::Pointer;
pub use slice::{OperationKey, Slice, SliceOperation};
pub use slice_crate::{CrateSources, SliceCrate, slice_crate};
pub use slicing::{RefusedOperation, Resolved, resolve, suggest};
pub use trim::{CUT_REFERENCE, EVENT_TYPES, TrimReport, Trimmed, trim};
