//! From an upstream OpenAPI document to the client's generated text: documents in, texts out.
//!
//! Nothing here touches the file system or prints; that is `xtask`'s part.

// The modules are listed in layers: each imports only from its own layer and those above it, and
// never in a circle.

// Locations in a document, errors that hold one, and the rules for names.
mod error;
mod names;
mod pointer;
mod recorded;
mod template;

// Reading and traversing a document.
mod canonical;
mod document;
mod schemas;
mod trail;
mod walk;

// The part of it that is kept: made plain, judged, and trimmed.
mod judge;
mod plain;
mod slice;
mod slicing;
mod trim;

// The passes from that part to the generated text.
mod emit;
mod engine;
mod lower;
mod marks;
mod model;
mod normalise;
mod overlay;
mod prose;
mod undocumented;
mod verify;

// All of it: for the client, for another slice, and for a comparison with upstream.
pub mod drift;
mod pipeline;
mod slice_crate;

pub use canonical::{Difference, canonical_text, differences};
pub use document::parse;
pub use drift::drift;
pub use error::{Error, Result, Stage};
pub use pipeline::{Output, Sources, client};
pub use pointer::Pointer;
pub use slice::{OperationKey, Slice, SliceOperation};
pub use slice_crate::{
    CrateSources, GENERATED_MARK, NAMES, RuntimeSource, SLICE_DOCUMENT, SliceCrate, VERSION,
    changelog_entry, generated_part, slice_crate, with_entry,
};
pub use slicing::{RefusedOperation, Resolved, resolve, suggest};
pub use trim::{CUT_REFERENCE, EVENT_TYPES, TrimReport, Trimmed, trim};
