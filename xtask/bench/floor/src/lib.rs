//! The floor: what somebody writes by hand who needs four calls and nothing more.
//!
//! It does what no such program can do without: authentication, the version, a time-out, an
//! idempotency key for each POST, the status checked before the body is read. It keeps no unknown
//! field and retries nothing.

mod account;

use std::error::Error;
use std::time::Duration;

use reqwest::{RequestBuilder, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub use account::{Account, AccountList};

const VERSION: &str = "2026-09-30.endive";

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    key: String,
    base: String,
}

pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Serialize)]
pub struct ListAccounts<'a> {
    #[serde(rename = "account_holder[customer]")]
    pub customer: &'a str,
    pub limit: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starting_after: Option<&'a str>,
}

impl Client {
    pub fn new(key: &str, base: &str) -> Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(80))
            .connect_timeout(Duration::from_secs(10))
            .user_agent("floor/1.0")
            // The contestants take no proxy to the machine itself.
            .no_proxy()
            .build()?;
        Ok(Self {
            http,
            key: key.to_owned(),
            base: base.to_owned(),
        })
    }

    pub async fn retrieve(&self, id: &str) -> Result<Account> {
        send(self.authorized(self.http.get(self.url(&[id])?))).await
    }

    pub async fn list(&self, parameters: &ListAccounts<'_>) -> Result<AccountList> {
        let request = self.http.get(self.url(&[])?).query(parameters);
        send(self.authorized(request)).await
    }

    pub async fn refresh(&self, id: &str, features: &[&str]) -> Result<Account> {
        let request = self.http.post(self.url(&[id, "refresh"])?);
        let form: Vec<_> = features
            .iter()
            .map(|feature| ("features[]", *feature))
            .collect();
        send(self.write(request).form(&form)).await
    }

    pub async fn disconnect(&self, id: &str) -> Result<Account> {
        send(self.write(self.http.post(self.url(&[id, "disconnect"])?))).await
    }

    fn url(&self, segments: &[&str]) -> Result<Url> {
        let mut url = Url::parse(&format!("{}/v1/financial_connections/accounts", self.base))?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.extend(segments);
        }
        Ok(url)
    }

    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        request
            .bearer_auth(&self.key)
            .header("Stripe-Version", VERSION)
    }

    fn write(&self, request: RequestBuilder) -> RequestBuilder {
        let key = Uuid::new_v4().to_string();
        self.authorized(request).header("Idempotency-Key", key)
    }
}

async fn send<T: DeserializeOwned>(request: RequestBuilder) -> Result<T> {
    let response = request.send().await?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("{status}: {}", response.text().await?).into());
    }
    Ok(response.json().await?)
}
