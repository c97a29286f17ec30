//! `client.rs`: the client, and the way from it to each resource.

use super::docs;
use super::file::File;
use super::target::Target;
use crate::model::Crate;

const CLIENT: &str = r#"/// Sends requests to the API.
///
/// Cloning is cheap and shares everything: the connections, the retry budget, the options. Create one
/// for each async runtime and keep it; a connection makes no progress while the async runtime on which
/// it was opened is not running.
///
/// ```no_run
/// use CRATE::{Client, SecretKey};
///
/// # fn main() -> Result<(), CRATE::Error> {
/// let client = Client::new(SecretKey::from_env()?)?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
///
/// [`share`](Self::share) makes the client of another part of the API, over the same connections.
#[derive(Clone)]
pub struct Client(v1::Client);

/// The options of a [`Client`].
///
/// Its [methods](v1::ClientBuilder) set the timeouts, the retries, the connected account, the base URL
/// and more, and document the defaults. [`Client::builder`] makes one.
pub type ClientBuilder = v1::ClientBuilder<Client>;

static RAW: v1::RawOperations = v1::RawOperations::new(&SERVICE);

impl Client {
    /// A client with default options.
    ///
    /// # Errors
    ///
    /// If the TLS library cannot be set up.
    pub fn new(key: v1::SecretKey) -> Result<Self, v1::Error> {
        Self::builder(key).build()
    }

    /// A client with custom options.
    pub fn builder(key: v1::SecretKey) -> ClientBuilder {
        ClientBuilder::new(key)
    }

    /// The client of another crate, with the connections, the retry budget and the options of this one.
    pub fn share<C: From<v1::Client>>(&self) -> C {
        C::from(self.0.clone())
    }

    /// A request to any path of the API, answered with raw JSON, for what this crate leaves out.
    ///
    /// It is sent like any other: with the key, the options, the retries and, for a POST, an
    /// idempotency key.
    ///
    /// ```no_run
    /// # use CRATE::{Client, Error, Method};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let object = client
    ///     .raw(Method::Post, "/v1/customers")
    ///     .param("metadata[order]", "6735")
    ///     .await?;
    /// let id = object["id"].as_str();
    /// # let _ = id;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The path begins with a slash, and ids in it must be percent-encoded.
    pub fn raw(&self, method: v1::Method, path: impl Into<String>) -> v1::RawRequest {
        v1::raw(&self.0, &RAW, method, path)
    }
"#;

const CONVERSIONS: &str = r#"}

impl From<v1::Client> for Client {
    fn from(client: v1::Client) -> Self {
        Self(client)
    }
}

impl From<Client> for v1::Client {
    fn from(client: Client) -> Self {
        client.0
    }
}

impl v1::Sealed for Client {}

impl v1::ApiClient for Client {
    fn raw(&self, method: v1::Method, path: &str) -> v1::RawRequest {
        Self::raw(self, method, path)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
"#;

pub(super) fn file(made: &Crate, target: &Target<'_>) -> File {
    let mut file = File::new("client.rs", "The client.");
    file.push(&CLIENT.replace("CRATE", target.crate_name));
    for resource in &made.resources {
        file.push("\n");
        for line in docs::lines(&resource.docs) {
            file.push(format!("    /// {line}").trim_end());
            file.push("\n");
        }
        let (name, ty) = (&resource.name, &resource.ty);
        file.push(&format!(
            "    pub fn {name}(&self) -> super::{name}::{ty} {{\n        super::{name}::{ty}::new(self.0.clone())\n    }}\n"
        ));
    }
    file.push(CONVERSIONS);
    file
}
