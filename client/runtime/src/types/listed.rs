//! The items of lists.

use crate::sealed::Sealed;

/// An item of a list. The types of the API implement it; nobody else can.
pub trait Listed: Sealed {
    /// The cursor by which the API continues the list at this item: its id.
    fn cursor(&self) -> &str;
}
