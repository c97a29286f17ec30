//! The parameters of lists: cursors, and the direction in which a list is read.

use crate::form::Encode;

/// The direction in which a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the newest to the oldest item: `starting_after`, and the order of an unmarked list.
    Forward,
    /// From the oldest to the newest item: `ending_before`.
    Backward,
}

/// The parameters of a list that is read page by page.
pub trait ListParams: Encode + Clone {
    /// Continues after (older than) the item with this id.
    fn starting_after(&mut self, cursor: String);

    /// Continues before (newer than) the item with this id.
    fn ending_before(&mut self, cursor: String);

    /// Backward when `ending_before` is set.
    fn direction(&self) -> Direction;

    /// Continues with the page that the last one of a search has named.
    fn page(&mut self, page: String) {
        self.starting_after(page);
    }
}

/// Implements [`ListParams`] for the parameters of a search, which goes on with the `page` that an answer
/// names.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_search_params_v1 {
    ($name:ident) => {
        impl $crate::codegen::v1::ListParams for $name {
            fn starting_after(&mut self, cursor: String) {
                self.page = Some(cursor.into());
            }

            fn ending_before(&mut self, cursor: String) {
                self.page = Some(cursor.into());
            }

            fn direction(&self) -> $crate::codegen::v1::Direction {
                $crate::codegen::v1::Direction::Forward
            }
        }
    };
}

/// Implements [`ListParams`] for a struct with both cursors.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_list_params_v1 {
    ($name:ident) => {
        impl $crate::codegen::v1::ListParams for $name {
            fn starting_after(&mut self, cursor: String) {
                self.starting_after = Some(cursor.into());
                self.ending_before = None;
            }

            fn ending_before(&mut self, cursor: String) {
                self.ending_before = Some(cursor.into());
                self.starting_after = None;
            }

            fn direction(&self) -> $crate::codegen::v1::Direction {
                match self.ending_before {
                    Some(_) => $crate::codegen::v1::Direction::Backward,
                    None => $crate::codegen::v1::Direction::Forward,
                }
            }
        }
    };
}
