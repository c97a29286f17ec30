//! List requests: one page, page by page, or item by item.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::item_stream::ItemStream;
use super::lenient::Lenient;
use super::page_stream::PageStream;
use super::source::Source;
use crate::error::Error;
use crate::options::SecretKey;
use crate::params::ListParams;
#[cfg(feature = "blocking")]
use crate::request::block_on;
use crate::request::{Response, ResponseFuture};
use crate::transport::Call;
use crate::types::{List, Listed};

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

/// The request of a list with these parameters.
pub fn list_request<T>(call: Call, params: impl ListParams + Send + Sync + 'static) -> Listing<T> {
    Listing {
        call,
        source: Source::new(params),
        item: PhantomData,
    }
}

impl<T> Listing<T> {
    /// Acts for a connected account (`Stripe-Account`).
    pub fn stripe_account(mut self, account: impl AsRef<str>) -> Self {
        self.call.options().stripe_account(account.as_ref());
        self
    }

    /// Acts in a context, for example within an organisation (`Stripe-Context`).
    pub fn stripe_context(mut self, context: impl AsRef<str>) -> Self {
        self.call.options().stripe_context(context.as_ref());
        self
    }

    /// Asks for another version of the API (`Stripe-Version`).
    pub fn stripe_version(mut self, version: impl AsRef<str>) -> Self {
        self.call.options().stripe_version(version.as_ref());
        self
    }

    /// The timeout of one attempt. 80 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.options().timeout(timeout);
        self
    }

    /// The total timeout of each page: all attempts, and the delays between them. 3 minutes unless
    /// set.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.call.options().deadline(deadline);
        self
    }

    /// How often each page may be requested again after the first attempt. 2 unless set.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.call.options().max_retries(retries);
        self
    }

    /// Sends one more header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.call.options().header(name.as_ref(), value.as_ref());
        self
    }

    /// Sends one more parameter, one that has no setter.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.options().param(name, value);
        self
    }

    /// Uses another API key for this request.
    pub fn secret_key(mut self, key: SecretKey) -> Self {
        self.call.options().secret_key(key);
        self
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
    pub fn send_blocking(self) -> Result<Response<List<T>>, Error> {
        let call = self.call.blocking();
        block_on(self.source.fetch(&call, None))
    }
}

impl<T: DeserializeOwned> IntoFuture for Listing<T> {
    type Output = Result<Response<List<T>>, Error>;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Encode, Form};
    use crate::params::Direction;
    use crate::protocol::{Method, Operation, Service};
    use crate::test_server::serve;
    use crate::types::RawJson;

    static SERVICE: Service = Service::new("stripe-x-rust/1", "2026-01-01");
    static LIST: Operation = Operation::new(&SERVICE, "accounts.list", Method::Get, "/v1/accounts");

    #[derive(Clone, Default)]
    struct ListAccountsParams {
        starting_after: Option<String>,
        ending_before: Option<String>,
    }

    impl Encode for ListAccountsParams {
        fn encode(&self, form: &mut Form) {
            form.field("starting_after", &self.starting_after);
            form.field("ending_before", &self.ending_before);
        }
    }

    crate::__stripe_list_params_v1!(ListAccountsParams);

    #[tokio::test]
    async fn a_list_is_read_to_its_end() {
        let (client, requests) = serve(vec![
            r#"{"data":[{"id":"b"},{"id":"a"}],"has_more":true,"url":"/v1/accounts"}"#,
            r#"{"data":[{"id":"c"}],"has_more":false,"url":"/v1/accounts"}"#,
        ]);
        let params = ListAccountsParams::default();
        assert_eq!(params.direction(), Direction::Forward);
        let request: Listing<RawJson> = list_request(Call::new(&client, &LIST), params);
        let items = request.stream().try_collect().await.unwrap();
        let ids: Vec<_> = items
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["b", "a", "c"]);
        let requests = requests.join().unwrap();
        assert!(
            requests[0].starts_with("GET /v1/accounts HTTP/1.1\r\n"),
            "{}",
            requests[0]
        );
        assert!(requests[1].starts_with("GET /v1/accounts?starting_after=a HTTP/1.1\r\n"));
    }
}
