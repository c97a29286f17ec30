//! Requests that this library has no type for.

use std::future::IntoFuture;
use std::time::Duration;

use crate::client::Client;
use crate::error::Error;
use crate::form::{Encode, Form};
use crate::options::{IdempotencyKey, SecretKey};
use crate::paging::{ItemStream, list_request};
use crate::params::{Direction, ListParams};
use crate::protocol::{Method, Operation, Service};
#[cfg(feature = "blocking")]
use crate::request::send_blocking;
use crate::request::{Response, ResponseFuture, send};
use crate::transport::Call;
use crate::types::RawJson;

/// The runtime is made for no version of the API.
static SERVICE: Service = Service::without_version(concat!(
    env!("CARGO_PKG_NAME"),
    "/",
    env!("CARGO_PKG_VERSION")
));

static OPERATIONS: RawOperations = RawOperations::new(&SERVICE);

/// The operations of a service's raw requests, one a method. They name no path: paths hold ids, so
/// that logs show none.
#[derive(Debug)]
pub struct RawOperations {
    get: Operation,
    post: Operation,
    delete: Operation,
    put: Operation,
    patch: Operation,
}

impl RawOperations {
    /// The operations of a service.
    pub const fn new(service: &'static Service) -> Self {
        Self {
            get: Operation::new(service, "raw", Method::Get, ""),
            post: Operation::new(service, "raw", Method::Post, ""),
            delete: Operation::new(service, "raw", Method::Delete, ""),
            put: Operation::new(service, "raw", Method::Put, ""),
            patch: Operation::new(service, "raw", Method::Patch, ""),
        }
    }
}

/// A request to any path, sent as one of a service.
pub fn raw(
    client: &Client,
    operations: &'static RawOperations,
    method: Method,
    path: impl Into<String>,
) -> RawRequest {
    let operation = match method {
        Method::Get => &operations.get,
        Method::Post => &operations.post,
        Method::Delete => &operations.delete,
        Method::Put => &operations.put,
        Method::Patch => &operations.patch,
    };
    RawRequest {
        call: Call::raw(client, operation, path.into()),
        params: NoParams,
    }
}

impl Client {
    /// A request to any path of the API, answered with JSON as it comes.
    ///
    /// For what this library leaves out. It is sent like any other: with the key, the options, the
    /// retries and, for a POST, an idempotency key.
    ///
    /// ```no_run
    /// # use stripe_client_runtime::{Client, Error, Method};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let customer = client
    ///     .raw(Method::Post, "/v1/customers")
    ///     .param("metadata[order]", "6735")
    ///     .await?;
    /// let id = customer["id"].as_str();
    /// # let _ = id;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The path begins with a slash. What it holds of ids must be percent-encoded; parameters are
    /// given with [`param`](RawRequest::param).
    ///
    /// No version of the API is asked for unless one is set: the account's default version answers.
    /// The clients of generated crates have a `raw` of their own, which asks for theirs.
    pub fn raw(&self, method: Method, path: impl Into<String>) -> RawRequest {
        raw(self, &OPERATIONS, method, path)
    }
}

/// A request to a path that this library has no type for. Made by [`Client::raw`].
#[must_use = "a request is sent when it is awaited"]
#[derive(Clone, Debug)]
pub struct RawRequest {
    call: Call,
    params: NoParams,
}

/// All parameters of a raw request are extra ones, which its call holds.
#[derive(Clone, Debug)]
struct NoParams;

impl Encode for NoParams {
    fn encode(&self, _: &mut Form) {}

    fn owns(_: &str) -> bool {
        false
    }
}

impl RawRequest {
    /// Sends the request. Awaiting it does the same.
    pub fn send(self) -> ResponseFuture<RawJson> {
        send(self.call, &self.params)
    }

    /// Sends the request, and decodes the answer as another type than JSON.
    #[cfg(feature = "webhook")]
    pub(crate) fn send_as<T>(self) -> ResponseFuture<T> {
        send(self.call, &self.params)
    }

    /// Sends the request and blocks the thread until the response is there; within an async runtime
    /// too.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<RawJson>, Error> {
        send_blocking(self.call, &self.params)
    }

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

    /// The total timeout: all attempts, and the delays between them. 3 minutes unless set.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.call.options().deadline(deadline);
        self
    }

    /// How often the request may be sent again after the first attempt. 2 unless set.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.call.options().max_retries(retries);
        self
    }

    /// Sends one more header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.call.options().header(name.as_ref(), value.as_ref());
        self
    }

    /// Sends a parameter; nested names are written out, as in `metadata[order]`.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.options().param(name, value);
        self
    }

    /// Uses another API key for this request.
    pub fn secret_key(mut self, key: SecretKey) -> Self {
        self.call.options().secret_key(key);
        self
    }

    /// Sends this idempotency key instead of a random one. Only a POST carries one.
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.call.options().idempotency_key(key);
        self
    }

    /// Reads the list or the search that this request answers, item by item over all pages. Only for a GET.
    ///
    /// A search is resumed with `param("page", …)`; `resume_after` is for lists.
    pub fn stream(mut self) -> ItemStream<RawJson> {
        let is_get = self.call.operation().method == Method::Get;
        let options = self.call.options();
        if !is_get {
            options.refuse("only a GET can be read as a list".to_owned());
        }
        let params = RawListParams(std::mem::take(&mut options.params));
        list_request(self.call, params).stream()
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<Response<RawJson>, Error>;
    type IntoFuture = ResponseFuture<RawJson>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The parameters of a raw list, cursors among them.
#[derive(Clone)]
struct RawListParams(Vec<(String, String)>);

const AFTER: &str = "starting_after";
const BEFORE: &str = "ending_before";

impl RawListParams {
    fn set_cursor(&mut self, name: &str, cursor: String) {
        self.0.retain(|(name, _)| name != AFTER && name != BEFORE);
        self.0.push((name.to_owned(), cursor));
    }
}

impl Encode for RawListParams {
    fn encode(&self, form: &mut Form) {
        for (name, value) in &self.0 {
            form.push(name, value);
        }
    }

    fn owns(rest: &str) -> bool {
        matches!(rest, "[starting_after]" | "[ending_before]")
    }
}

impl ListParams for RawListParams {
    fn starting_after(&mut self, cursor: String) {
        self.set_cursor(AFTER, cursor);
    }

    fn ending_before(&mut self, cursor: String) {
        self.set_cursor(BEFORE, cursor);
    }

    fn page(&mut self, page: String) {
        self.0.retain(|(name, _)| name != "page");
        self.0.push(("page".to_owned(), page));
    }

    fn direction(&self) -> Direction {
        match self.0.iter().any(|(name, _)| name == BEFORE) {
            true => Direction::Backward,
            false => Direction::Forward,
        }
    }
}
