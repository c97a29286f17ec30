//! Sealed traits.

/// The supertrait of every trait that only the runtime and generated code implement, so that such a
/// trait can gain methods.
pub trait Sealed {}
