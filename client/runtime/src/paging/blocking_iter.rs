//! Reading a list item by item, without `async`.

use std::fmt;

use serde::de::DeserializeOwned;

use super::item_stream::ItemStream;
use crate::error::Error;
use crate::transport::blocking::park_on;
use crate::types::Listed;

/// The items of a list, over all its pages, without `async`. Made by [`ItemStream::blocking`].
#[must_use = "an iterator does nothing unless it is advanced"]
pub struct BlockingIter<T>(ItemStream<T>);

impl<T: DeserializeOwned + Listed> ItemStream<T> {
    /// The same items, for a thread that may be blocked.
    pub fn blocking(mut self) -> BlockingIter<T> {
        self.pages().pager().block();
        BlockingIter(self)
    }
}

impl<T: DeserializeOwned + Listed> Iterator for BlockingIter<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        park_on(self.0.next())
    }
}

impl<T> fmt::Debug for BlockingIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingIter").field(&self.0).finish()
    }
}
