//! Requests that this library has no type for.

use crate::call::Call;
use crate::client::Client;
use crate::form::{Encode, Form};
use crate::items::ItemStream;
use crate::listing::Listing;
use crate::operation::{Method, Operation};
use crate::parameters::{Direction, ListParams};
use crate::raw_json::RawJson;
use crate::request::request;

static GET: Operation = raw(Method::Get);
static POST: Operation = raw(Method::Post);
static DELETE: Operation = raw(Method::Delete);

/// Paths hold ids, so that logs show none.
const fn raw(method: Method) -> Operation {
    Operation {
        name: "raw",
        method,
        path: "",
    }
}

impl Client {
    /// A request to any path of the API, answered with JSON as it comes.
    ///
    /// For what this library leaves out. It is sent like any other: with the key, the options, the
    /// retries and, for a POST, an idempotency key.
    ///
    /// ```no_run
    /// # use stripe_financial_connections::{Client, Error, Method};
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
    pub fn raw(&self, method: Method, path: impl Into<String>) -> RawRequest {
        let operation = match method {
            Method::Get => &GET,
            Method::Post => &POST,
            Method::Delete => &DELETE,
        };
        RawRequest {
            call: Call::raw(self, operation, path.into()),
            params: NoParams,
        }
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
}

request!(RawRequest => RawJson, post);

impl RawRequest {
    /// Reads the list that this request answers, item by item over all pages. Only for a GET.
    pub fn stream(mut self) -> ItemStream<RawJson> {
        let is_get = self.call.operation().method == Method::Get;
        let options = self.call.options();
        if !is_get {
            options.refuse("only a GET can be read as a list".to_owned());
        }
        let params = RawListParams(std::mem::take(&mut options.params));
        Listing::new(self.call, params).stream()
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
}

impl ListParams for RawListParams {
    fn starting_after(&mut self, cursor: String) {
        self.set_cursor(AFTER, cursor);
    }

    fn ending_before(&mut self, cursor: String) {
        self.set_cursor(BEFORE, cursor);
    }

    fn direction(&self) -> Direction {
        match self.0.iter().any(|(name, _)| name == BEFORE) {
            true => Direction::Backward,
            false => Direction::Forward,
        }
    }
}
