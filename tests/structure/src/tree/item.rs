//! What a name can lead to.

/// The place of a file in [`Tree`](super::Tree).
pub(crate) type FileId = usize;

/// The place of a scope in [`Tree`](super::Tree).
pub(crate) type ScopeId = usize;

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Module(ScopeId),
    Item(Item),
}

/// A definition. A variant is the definition of its enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) file: FileId,
    pub(crate) name: String,
    /// The scope of an enum's variants, for those who import them all.
    pub(crate) variants: Option<ScopeId>,
}
