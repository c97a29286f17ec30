//! Reading a list page by page.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::pager::Pager;
use super::source::{Cursor, Source};
use crate::error::Error;
use crate::params::Direction;
use crate::request::Response;
use crate::transport::Call;
use crate::types::{List, Listed};

/// The pages of a list.
///
/// While the caller works on one page, the next is fetched; dropping the stream stops that. All
/// options of the request hold for every page. The stream ends after the first error.
///
/// It ends with an error ([`Error::is_pagination`]) when the API says that there is more but gives
/// no way to it: after an empty page, after one whose last item has no id, or when the pages repeat.
/// Ending quietly there would pass off a part of the list as the whole.
#[must_use = "a stream does nothing unless it is polled"]
pub struct PageStream<T> {
    pager: Pager,
    item: PhantomData<fn() -> T>,
}

/// One page of a list, with the answer that it came in.
pub struct Page<T> {
    response: Response<List<T>>,
    direction: Direction,
    cursor: Option<String>,
}

impl<T> PageStream<T> {
    pub(crate) fn new(call: Call, source: Source) -> Self {
        Self {
            pager: Pager::new(call, source),
            item: PhantomData,
        }
    }

    /// Starts beyond the item with this id: what [`Page::cursor`] gave, or the id of any item. Has
    /// no effect once the first page was asked for.
    pub fn resume_after(mut self, cursor: impl Into<String>) -> Self {
        self.pager.resume_after(cursor.into());
        self
    }

    pub(crate) fn pager(&mut self) -> &mut Pager {
        &mut self.pager
    }
}

impl<T: DeserializeOwned + Listed> PageStream<T> {
    /// The next page, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            let received = match ready!(self.pager.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(received)) => received,
            };
            match Response::decode(received) {
                Ok(response) => {
                    let page = response.and_then(|response| self.read(response));
                    return Poll::Ready(Some(page));
                }
                Err(pending) => self.pager.resume(pending),
            }
        }
    }

    fn read(&mut self, response: Response<List<T>>) -> Result<Page<T>, Error> {
        let direction = self.pager.direction();
        if let Some(page) = next_page(&response) {
            let (items, has_more) = (response.data.len(), response.has_more);
            self.pager
                .page_read(items, has_more, Some(Cursor::Page(page.clone())))
                .map_err(|error| response.describe(error))?;
            return Ok(Page {
                response,
                direction,
                cursor: Some(page).filter(|page| !page.is_empty()),
            });
        }
        let last = match direction {
            Direction::Forward => response.data.last(),
            Direction::Backward => response.data.first(),
        };
        let cursor = last.map(Listed::cursor);
        let after = cursor.map(|id| Cursor::Item(id.to_owned()));
        self.pager
            .page_read(response.data.len(), response.has_more, after)
            .map_err(|error| response.describe(error))?;
        let cursor = cursor
            .filter(|cursor| !cursor.is_empty())
            .map(str::to_owned);
        Ok(Page {
            response,
            direction,
            cursor,
        })
    }
}

/// What the answer of a search names as the next page: nothing after the last. `None` of a list, which goes
/// on beyond its last item.
fn next_page<T>(answer: &List<T>) -> Option<String> {
    let text = |name| answer.extra.get(name).and_then(Value::as_str);
    (text("object") == Some("search_result"))
        .then(|| text("next_page").unwrap_or_default().to_owned())
}

impl<T: DeserializeOwned + Listed> Stream for PageStream<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for PageStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("call", self.pager.call())
            .finish_non_exhaustive()
    }
}

impl<T> Page<T> {
    /// Where to go on after this page: give it to `resume_after`, today or in another process.
    /// `None` if the page is empty, or is the last one of a search.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// The items in the order of the stream: newest first, or oldest first when it goes backward.
    pub fn into_items(self) -> Vec<T> {
        let mut items = self.response.into_inner().data;
        if self.direction == Direction::Backward {
            // The API gives the newest first in either direction.
            items.reverse();
        }
        items
    }

    /// The answer, with the items in the API's order: newest first.
    pub fn into_response(self) -> Response<List<T>> {
        self.response
    }
}

impl<T> Deref for Page<T> {
    type Target = Response<List<T>>;

    fn deref(&self) -> &Response<List<T>> {
        &self.response
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("response", &self.response)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}
