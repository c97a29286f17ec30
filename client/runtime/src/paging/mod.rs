//! Lists: one page, page by page, item by item.

#[cfg(feature = "blocking")]
mod blocking_iter;
mod item_stream;
mod lenient;
mod list_request;
mod page_stream;
mod pager;
mod source;

#[cfg(feature = "blocking")]
pub use blocking_iter::BlockingIter;
pub use item_stream::ItemStream;
pub use lenient::{Lenient, RawItem};
pub use list_request::{Listing, list_request};
pub use page_stream::{Page, PageStream};
