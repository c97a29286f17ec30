//! Objects that name their kind.

use serde::de::DeserializeOwned;

use crate::sealed::Sealed;

/// An object of the API that says in `object` what kind it is. The types of generated crates implement
/// it; nobody else can.
pub trait ApiObject: Sealed + DeserializeOwned {
    /// The kind on the wire, such as `customer`.
    const OBJECT: &'static str;
}
