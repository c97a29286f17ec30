//! Reading a list item by item.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::page_stream::PageStream;
use crate::error::Error;
use crate::types::Listed;

/// The items of a list, over all its pages.
///
/// ```no_run
/// # use stripe_client_runtime::{Client, Error, Method};
/// # async fn example(client: Client) -> Result<(), Error> {
/// let mut accounts = client.raw(Method::Get, "/v1/financial_connections/accounts").stream();
/// while let Some(account) = accounts.next().await {
///     let account = account?;
///     let _ = account["status"].as_str();
/// }
/// # Ok(())
/// # }
/// ```
///
/// While the caller works on the items of one page, the next page is fetched; dropping the stream
/// stops that. All options of the request hold for every page. The stream ends after the first
/// error, and with one rather than quietly when the API gives no way to the rest; see
/// [`PageStream`].
#[must_use = "a stream does nothing unless it is polled"]
pub struct ItemStream<T> {
    pages: PageStream<T>,
    page: vec::IntoIter<T>,
}

impl<T> ItemStream<T> {
    pub(crate) fn new(pages: PageStream<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// Ends after so many further items, counted from this call on, whatever the size of the pages.
    /// No page is fetched that is not needed for them, save one that is on its way already.
    ///
    /// Of several calls the one that ends the stream first holds.
    pub fn take(mut self, items: usize) -> Self {
        let at_hand = self.page.len();
        if items < at_hand {
            let rest: Vec<T> = self.page.by_ref().take(items).collect();
            self.page = rest.into_iter();
        }
        self.pages.pager().limit(items.saturating_sub(at_hand));
        self
    }

    /// Starts beyond the item with this id. Has no effect once the first page was asked for.
    pub fn resume_after(mut self, cursor: impl Into<String>) -> Self {
        self.pages = self.pages.resume_after(cursor);
        self
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn pages(&mut self) -> &mut PageStream<T> {
        &mut self.pages
    }
}

impl<T: DeserializeOwned + Listed> ItemStream<T> {
    /// The next item, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// All items.
    ///
    /// # Errors
    ///
    /// When a page cannot be read. The items before it are then dropped; read them one by one to
    /// keep them.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let wanted = self.pages.pager().wanted();
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    let mut items = page.into_items();
                    items.truncate(wanted);
                    self.page = items.into_iter();
                }
            }
        }
    }
}

// Items are moved out and never polled in place.
impl<T> Unpin for ItemStream<T> {}

impl<T: DeserializeOwned + Listed> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
