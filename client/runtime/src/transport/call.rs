//! A request under construction: everything but its typed parameters.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde::Serialize;
use tokio::runtime::Handle;
use tracing::Instrument;

use super::execute::{Execution, Prepared};
use super::received::{Pending, Received};
use super::trace;
use crate::client::Client;
use crate::error::Error;
use crate::form::{Form, nested};
use crate::options::{IdempotencyKey, RequestOptions};
use crate::params::QueryParams;
use crate::protocol::{Method, Operation, Path, headers};

/// The timeout of one attempt, as in the vendor's own clients.
const TIMEOUT: Duration = Duration::from_secs(80);
/// The time for all attempts.
const DEADLINE: Duration = Duration::from_secs(180);
const MAX_RETRIES: u32 = 2;
const OUTSIDE: &str = "a request is awaited outside of a tokio runtime: await it within one, or use \
                       the feature `blocking`";

/// The operation, where it goes, and the options of this one request.
#[derive(Clone)]
pub struct Call {
    client: Client,
    operation: &'static Operation,
    path: Path,
    /// Boxed, since most requests have none.
    options: Option<Box<RequestOptions>>,
    /// Boxed, since most requests are nothing but a form.
    content: Option<Box<Content>>,
    /// Whether the caller's thread is blocked meanwhile, so that no connection may depend on it.
    #[cfg(feature = "blocking")]
    blocking: bool,
}

/// What a request sends that is not a form, or not only one.
#[derive(Clone, Default)]
struct Content {
    query: Form,
    json: Option<Bytes>,
}

impl Call {
    /// A call of an operation.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            path: Path::new(operation.path),
            options: None,
            content: None,
            #[cfg(feature = "blocking")]
            blocking: false,
        }
    }

    /// A call of a path that is no operation's.
    pub(crate) fn raw(client: &Client, operation: &'static Operation, path: String) -> Self {
        Self {
            path: Path::raw(path),
            ..Self::new(client, operation)
        }
    }

    /// Puts a path parameter into its place.
    pub fn path(mut self, name: &'static str, value: &str) -> Self {
        self.path.set(name, value);
        self
    }

    /// Sends these parameters in the query, beside a body.
    pub fn query(mut self, params: &impl QueryParams) -> Self {
        let mut form = Form::new();
        params.encode_query(&mut form);
        self.content.get_or_insert_default().query = form;
        self
    }

    /// Sends this as JSON in the body. The parameters of a form go into the query then.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => self.content.get_or_insert_default().json = Some(json.into()),
            Err(error) => self
                .options()
                .refuse(format!("the parameters cannot be written as JSON: {error}")),
        }
        self
    }

    /// The options of this one request.
    pub fn options(&mut self) -> &mut RequestOptions {
        self.options.get_or_insert_default()
    }

    /// Ends all attempts after this time at the latest.
    pub(crate) fn cap_deadline(&mut self, cap: Duration) {
        let deadline = self.deadline().min(cap);
        self.options().deadline(deadline);
    }

    fn deadline(&self) -> Duration {
        self.options
            .as_deref()
            .and_then(|own| own.deadline)
            .or(self.client.shared().options.deadline)
            .unwrap_or(DEADLINE)
    }

    /// Takes over the options of another call, but for what belongs to that call alone.
    pub fn adopt(&mut self, other: &Self) {
        self.options = other.options.clone().map(|mut options| {
            options.params.clear();
            options.idempotency_key = None;
            options
        });
        #[cfg(feature = "blocking")]
        {
            self.blocking = other.blocking;
        }
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The client that sends it.
    pub fn client(&self) -> &Client {
        &self.client
    }

    #[cfg(feature = "blocking")]
    /// Marks the call as one whose caller blocks its thread meanwhile.
    pub fn blocking(mut self) -> Self {
        self.blocking = true;
        self
    }

    /// Refuses extra parameters that have setters. They would be sent twice, and a cursor among them
    /// would stay the same from page to page.
    pub(crate) fn refuse_owned(mut self, owns: fn(&str) -> bool) -> Self {
        let own = self.options.as_deref().map_or(&[][..], |own| &own.params);
        let mut names = own.iter().chain(&self.client.shared().options.params);
        let owned = names.find(|(name, _)| owns(&nested(name)));
        // The name of the whole parameter is one of the API's; what is nested may be anything.
        let first = owned.and_then(|(name, _)| name.split('[').next());
        if let Some(first) = first.map(str::to_owned) {
            let fault = format!("the parameter `{first}` has a setter: use it instead of `param`");
            self.options().refuse(fault);
        }
        self
    }

    /// Sends the request with these parameters.
    pub(crate) fn send(self, form: Form) -> Pending {
        let span = trace::request(self.operation, &self.client.shared().base);
        let prepared = self.prepare(form);
        let request = span.clone();
        let work = async move {
            if Handle::try_current().is_err() {
                return Err(
                    Error::usage(OUTSIDE).with(|inner| inner.operation = Some(self.operation.name))
                );
            }
            match prepared {
                Ok(prepared) => {
                    let execution = Execution::new(self.client, prepared, request);
                    execution.run().await.map(Received::new)
                }
                Err(error) => Err(error.with(|inner| inner.operation = Some(self.operation.name))),
            }
        };
        Box::pin(work.instrument(span))
    }

    fn prepare(&self, mut form: Form) -> Result<Prepared, Error> {
        let shared = self.client.shared();
        let defaults = &shared.options;
        let own = self.options.as_deref();
        let mut headers = shared.headers.clone();
        if let Some(own) = own {
            own.check()?;
            if headers::ACTING_FOR
                .iter()
                .any(|it| own.headers.contains_key(it))
            {
                headers::ACTING_FOR.iter().for_each(|it| {
                    headers.remove(it);
                });
            }
            headers.extend(own.headers.clone());
            if let Some(key) = &own.key {
                headers.insert(AUTHORIZATION, key.authorization().clone());
            }
        }
        let more = own.map(|own| own.params.as_slice()).unwrap_or_default();
        for (name, value) in defaults.params.iter().chain(more) {
            form.push(name, value);
        }

        #[cfg(feature = "blocking")]
        if self.blocking {
            // Made here, where it may fail.
            self.client.blocking_connections()?;
        }
        self.operation.service.fill(&mut headers);

        let path = self.path.finish()?;
        let content = self.content.as_deref().cloned().unwrap_or_default();
        let in_query = matches!(self.operation.method, Method::Get | Method::Delete);
        let (query, body) = match content.json {
            Some(json) => (form.after(content.query), Some((headers::JSON, json))),
            None if in_query => (form.after(content.query), None),
            None => {
                let body = Bytes::from(form.finish());
                (content.query, Some((headers::FORM, body)))
            }
        };
        let url = shared.base.join(path, &query.finish());
        let mut idempotency_key = None;
        if !in_query {
            let key = own.and_then(|own| own.idempotency_key.clone());
            let key = key.unwrap_or_else(|| IdempotencyKey::random(&*shared.random));
            headers.insert(headers::IDEMPOTENCY_KEY, key.header().clone());
            idempotency_key = Some(key);
        }
        let body = body.map(|(content_type, body)| {
            headers.insert(CONTENT_TYPE, content_type);
            body
        });
        Ok(Prepared {
            operation: self.operation,
            url,
            headers,
            body,
            idempotency_key,
            timeout: own
                .and_then(|own| own.timeout)
                .or(defaults.timeout)
                .unwrap_or(TIMEOUT),
            deadline: self.deadline(),
            max_retries: own
                .and_then(|own| own.max_retries)
                .or(defaults.max_retries)
                .unwrap_or(MAX_RETRIES),
            #[cfg(feature = "blocking")]
            blocking: self.blocking,
        })
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.name)
            .field("path", &self.path.finish().ok())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
