//! What the sandbox's own tests drive it with: plain HTTP, and nothing of our client, so that a
//! mistake in one cannot hide a mistake in the other.

use std::sync::OnceLock;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use stripe_financial_connections_sandbox::Sandbox;

/// The path that all operations share.
pub(crate) const BASE: &str = "/v1/financial_connections";

/// One client for all tests, as making one is slow. It keeps no connection, for a connection belongs
/// to the runtime of the test that opened it.
fn client() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let builder = reqwest::Client::builder().pool_max_idle_per_host(0);
        builder.build().expect("a client")
    })
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The ids of a list, in order.
    pub(crate) fn ids(&self) -> Vec<&str> {
        let data = self.body["data"].as_array().expect("a list");
        data.iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect()
    }

    /// Status, type, code and param of an error.
    pub(crate) fn error(&self) -> (u16, &str, Option<&str>, Option<&str>) {
        let error = &self.body["error"];
        (
            self.status,
            error["type"].as_str().unwrap_or_default(),
            error["code"].as_str(),
            error["param"].as_str(),
        )
    }

    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }
}

/// A request in the making.
#[derive(Clone)]
pub(crate) struct Request {
    method: reqwest::Method,
    url: String,
    headers: HeaderMap,
    body: Option<String>,
}

/// A GET of a path below [`BASE`], with the sandbox's own key.
pub(crate) fn get(sandbox: &Sandbox, path: &str) -> Request {
    request(sandbox, reqwest::Method::GET, &format!("{BASE}{path}"))
}

/// A POST to a path below [`BASE`], with the sandbox's own key.
pub(crate) fn post(sandbox: &Sandbox, path: &str, form: &str) -> Request {
    let mut request = request(sandbox, reqwest::Method::POST, &format!("{BASE}{path}"));
    request.body = Some(form.to_owned());
    request.header("content-type", "application/x-www-form-urlencoded")
}

/// Any request.
pub(crate) fn request(sandbox: &Sandbox, method: reqwest::Method, path: &str) -> Request {
    let request = Request {
        method,
        url: format!("{}{path}", sandbox.base_url()),
        headers: HeaderMap::new(),
        body: None,
    };
    request.header("authorization", &format!("Bearer {}", sandbox.key()))
}

impl Request {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).unwrap();
        self.headers
            .insert(name, HeaderValue::try_from(value).unwrap());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        self
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) async fn try_send(self) -> reqwest::Result<Reply> {
        let mut request = client()
            .request(self.method, self.url)
            .headers(self.headers);
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let body = answer.bytes().await?;
        Ok(Reply {
            status,
            headers,
            body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        })
    }

    pub(crate) async fn send(self) -> Reply {
        self.try_send().await.expect("an answer")
    }

    /// Sends it, and expects success.
    pub(crate) async fn ok(self) -> Value {
        let reply = self.send().await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.body
    }
}
