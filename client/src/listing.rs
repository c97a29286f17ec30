//! A list that is about to be read: one page, page by page, or item by item.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::call::{Call, Pending};
use crate::form::Form;
use crate::items::ItemStream;
use crate::lenient::Lenient;
use crate::list::List;
use crate::pages::PageStream;
use crate::parameters::{Direction, ListParams, Listed};
use crate::request::{ResponseFuture, request_options};

/// The request of a list, whatever its parameters.
///
/// Made by `lenient()` of a list request.
#[derive(Clone)]
#[must_use = "a request is sent when it is awaited or streamed"]
pub struct Listing<T> {
    call: Call,
    source: Source,
    item: PhantomData<fn() -> T>,
}

/// Makes the parameters of any page. It stands for the type of the parameters, so that walking is
/// compiled once and not for each list.
#[derive(Clone)]
pub(crate) struct Source {
    form: Arc<FormOf>,
    pub(crate) direction: Direction,
}

/// The parameters of the page beyond a cursor, or of the first page.
type FormOf = dyn Fn(Option<&str>) -> Form + Send + Sync;

impl Source {
    fn new(params: impl ListParams + Send + Sync + 'static) -> Self {
        let direction = params.direction();
        let form = move |cursor: Option<&str>| {
            let mut form = Form::new();
            match cursor {
                None => params.encode(&mut form),
                Some(cursor) => {
                    let mut params = params.clone();
                    match direction {
                        Direction::Forward => params.starting_after(cursor.to_owned()),
                        Direction::Backward => params.ending_before(cursor.to_owned()),
                    }
                    params.encode(&mut form);
                }
            }
            form
        };
        Self {
            form: Arc::new(form),
            direction,
        }
    }

    /// Sends the request of the page beyond `cursor`, or of the first page.
    pub(crate) fn fetch(&self, call: &Call, cursor: Option<&str>) -> Pending {
        call.clone().send((self.form)(cursor))
    }
}

impl<T> Listing<T> {
    request_options!();

    pub(crate) fn new(call: Call, params: impl ListParams + Send + Sync + 'static) -> Self {
        Self {
            call,
            source: Source::new(params),
            item: PhantomData,
        }
    }

    /// Reads one page. Awaiting the request does the same.
    pub fn send(self) -> ResponseFuture<List<T>> {
        ResponseFuture::new(self.source.fetch(&self.call, None))
    }

    /// Reads page by page.
    pub fn pages(self) -> PageStream<T> {
        PageStream::new(self.call, self.source)
    }

    /// Reads item by item, over all pages.
    pub fn stream(self) -> ItemStream<T> {
        ItemStream::new(self.pages())
    }
}

impl<T: DeserializeOwned + Listed> Listing<T> {
    /// Has items that do not decode in raw form, instead of failing for their sake.
    pub fn lenient(self) -> Listing<Lenient<T>> {
        Listing {
            call: self.call,
            source: self.source,
            item: PhantomData,
        }
    }
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned> Listing<T> {
    /// Reads one page, without `async`; within an async runtime too.
    pub fn send_blocking(mut self) -> Result<crate::Response<List<T>>, crate::Error> {
        self.call = self.call.blocking();
        self.send().wait()
    }
}

impl<T: DeserializeOwned> IntoFuture for Listing<T> {
    type Output = Result<crate::Response<List<T>>, crate::Error>;
    type IntoFuture = ResponseFuture<List<T>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<T> fmt::Debug for Listing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing")
            .field("call", &self.call)
            .field("direction", &self.source.direction)
            .finish_non_exhaustive()
    }
}

/// Implements sending for a struct that has a `call` and `params`, for a list:
/// `list_request!(Name => Item)`.
macro_rules! list_request {
    ($name:ident => $item:ty) => {
        impl $name {
            $crate::request::request_options!();

            /// Reads one page. Awaiting the request does the same.
            pub fn send(self) -> $crate::ResponseFuture<$crate::List<$item>> {
                self.listing().send()
            }

            /// Reads one page, without `async`; within an async runtime too.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(
                self,
            ) -> Result<$crate::Response<$crate::List<$item>>, $crate::Error> {
                self.listing().send_blocking()
            }

            /// Reads item by item, over all pages; the next page is fetched while the caller works
            /// on the items of this one.
            ///
            /// With `ending_before` the walk goes from older to newer items.
            pub fn stream(self) -> $crate::ItemStream<$item> {
                self.listing().stream()
            }

            /// Reads page by page, for whoever needs the headers or wants to save where he is.
            pub fn pages(self) -> $crate::PageStream<$item> {
                self.listing().pages()
            }

            /// Has items that do not decode in raw form, instead of failing for their sake.
            pub fn lenient(self) -> $crate::Listing<$crate::Lenient<$item>> {
                self.listing().lenient()
            }

            fn listing(self) -> $crate::Listing<$item> {
                $crate::Listing::new(self.call, self.params)
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = Result<$crate::Response<$crate::List<$item>>, $crate::Error>;
            type IntoFuture = $crate::ResponseFuture<$crate::List<$item>>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}
pub(crate) use list_request;
