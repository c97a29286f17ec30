//! What the generated clients of Stripe's API share: sending requests with retries, deadlines and
//! idempotency keys, pagination, errors, open enums, webhook verification.
//!
//! Programs use a generated crate, such as `stripe-financial-connections`, which re-exports what it
//! needs of this one. Use this crate by name to share one client between several of them:
//!
//! ```no_run
//! use stripe_client_runtime::{Client, Method, SecretKey};
//!
//! # async fn example() -> Result<(), stripe_client_runtime::Error> {
//! let core = Client::builder(SecretKey::from_env()?).build()?;
//! // let accounts = stripe_financial_connections::Client::from(core.clone());
//! // let customers = stripe_customers::Client::from(core.clone());
//! let balance = core.raw(Method::Get, "/v1/balance").await?;
//! # let _ = balance;
//! # Ok(())
//! # }
//! ```
//!
//! All of them then have one connection pool and one retry budget over those of the operations, and fail
//! with one [`Error`]. Each request asks for the API version that its crate is made for, and names its
//! crate in `User-Agent`; an option of the client takes precedence over that, and an option of the request
//! over both.
//!
//! # Features
//!
//! None is on by default; the generated crates forward each under the same name.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` | TLS written in Rust, with the system's root certificates |
//! | `native-tls` | the system's TLS |
//! | `blocking` | `send_blocking` on every request, and streams as iterators |
//! | `webhook` | webhook events: signature verification and parsing |
//! | `schemars` | `JsonSchema` for every generated type |
//!
//! Cargo compiles one runtime for all crates of a program, with the features of all of them. If one
//! asks for `rustls` and another for `native-tls`, both are compiled and **`native-tls` is used**,
//! since only an explicit choice turns it on; give every crate `default-features = false` to compile
//! the system's TLS alone. With either of them on, nothing else decides which TLS library is used;
//! features that other crates turn on in the HTTP library may change what it offers to the server, such
//! as compressions.
//!
//! # Foreign types
//!
//! A type of another crate in this interface ties its version to ours, so there are few:
//!
//! | type | where | why |
//! | --- | --- | --- |
//! | `http::HeaderMap` | headers of responses and errors | the vocabulary of the ecosystem, at 1.0 |
//! | `bytes::Bytes` | [`Response::body`] | a body that can be kept without copying, at 1.0 |
//! | `serde_json::{Value, Map, Number}` | what no type is known for, and decimal numbers | the JSON type of the ecosystem, at 1.0 |
//! | `serde::{Serialize, Deserialize}` | every type of the API | as above |
//! | `futures_core::Stream` | [`ItemStream`], [`PageStream`] | the stream trait of the ecosystem |
//! | `schemars::JsonSchema` | every type, with the feature `schemars` | asked for by the feature |
//! | `reqwest::Client` | [`ClientBuilder::reqwest_client`] alone | an escape hatch, named after what it takes |

mod api_client;
mod characters;
mod client;
#[doc(hidden)]
pub mod codegen;
mod credential;
mod error;
#[cfg(feature = "webhook")]
mod fetch_related;
mod form;
mod invalid;
mod json;
mod limit;
mod options;
mod paging;
mod params;
mod poll;
mod protocol;
mod raw_request;
mod request;
mod retry;
#[cfg(feature = "schemars")]
mod schema;
mod schema_macro;
mod sealed;
mod system;
#[cfg(test)]
mod test_server;
mod transport;
mod types;
#[cfg(feature = "webhook")]
pub mod webhook;

pub use api_client::ApiClient;
pub use client::{Client, ClientBuilder};
pub use error::{ApiError, Error};
pub use invalid::InvalidValue;
pub use options::{IdempotencyKey, SecretKey};
#[cfg(feature = "blocking")]
pub use paging::BlockingIter;
pub use paging::{ItemStream, Lenient, Listing, Page, PageStream, RawItem};
pub use params::{Clearable, Either, RangeQuery};
pub use poll::Poll;
pub use protocol::Method;
pub use raw_request::RawRequest;
pub use request::{ContentFuture, Response, ResponseFuture};
pub use system::{Clock, Random, SystemClock, SystemRandom, Wait};
pub use types::{
    Amounts, ApiObject, Currency, Expandable, Extra, List, Listed, RawJson, StripeContext,
    Timestamp, UnknownValue,
};
