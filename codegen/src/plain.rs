//! A document without what can be said more simply: the door through which every document comes in.
//!
//! What leaves here means what the document meant. It has no extension but those that are read
//! ([`extensions`]); parameters, bodies and answers stand where they belong ([`shared`]); schemas are
//! written in one way ([`schema`], [`nullable`]); and a component is an object, an enum or a choice
//! ([`aliases`]). Nothing is refused here: what cannot be made plain stays, and is judged.

mod aliases;
mod extensions;
mod nullable;
mod paths;
mod schema;
mod shared;

use serde_json::Value;

pub(crate) use aliases::RAW;

/// The document in its plainest form.
pub(crate) fn plain(mut document: Value) -> Value {
    extensions::strip(&mut document);
    shared::resolve(&mut document);
    paths::declare(&mut document);
    schema::simplify(&mut document);
    nullable::spread(&mut document);
    aliases::inline(&mut document);
    document
}
