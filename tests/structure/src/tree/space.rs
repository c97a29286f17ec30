//! The namespaces of Rust.

/// One of the three sets of names that do not disturb one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Type,
    Value,
    Macro,
}

impl Space {
    pub(crate) const ALL: &'static [Self] = &[Self::Type, Self::Value, Self::Macro];
    pub(crate) const TYPES: &'static [Self] = &[Self::Type];
    pub(crate) const VALUES: &'static [Self] = &[Self::Value];
    pub(crate) const MACROS: &'static [Self] = &[Self::Macro];
    /// What a struct or variant defines that is also its own constructor.
    pub(crate) const CONSTRUCTORS: &'static [Self] = &[Self::Type, Self::Value];
}
