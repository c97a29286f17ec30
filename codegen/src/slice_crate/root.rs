//! `lib.rs` of a slice's crate.

use super::part::{self, Comment};

/// `lib.rs` of a new crate: the generated modules, and what users need of the runtime.
pub(super) fn root(package: &str) -> String {
    let text = format!("//! Client for a part of Stripe's API: `{package}`.\n{ROOT}");
    part::marked(Comment::Rust, &text)
}

const ROOT: &str = r#"//!
//! [`Client`] has a method for each resource, and each of those a method for each operation. What an
//! operation requires is an argument, what it allows is chained, and the request is awaited.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `rustls` | yes | TLS written in Rust, with the system's root certificates |
//! | `native-tls` | | the system's TLS; it is used if both are on |
//! | `blocking` | | `send_blocking` on every request, and streams as iterators |
//! | `webhook` | | webhook events: signature verification and parsing |
//! | `schemars` | | `JsonSchema` for every type |

#[rustfmt::skip]
mod generated;

#[cfg(feature = "schemars")]
pub use generated::schemas;
pub use generated::{API_VERSION, Client, ClientBuilder, params, requests, types};
#[cfg(feature = "blocking")]
#[doc(inline)]
pub use stripe_client_runtime::BlockingIter;
#[cfg(feature = "webhook")]
#[doc(inline)]
pub use stripe_client_runtime::webhook;
#[doc(inline)]
pub use stripe_client_runtime::{
    Amounts, ApiClient, ApiError, ApiObject, Clearable, Clock, ContentFuture, Currency, Either,
    Error, Expandable, Extra, IdempotencyKey, InvalidValue, ItemStream, Lenient, List, Listed,
    Listing, Method, Page, PageStream, Random, RangeQuery, RawItem, RawJson, RawRequest, Response,
    ResponseFuture, SecretKey, SystemClock, SystemRandom, Timestamp, UnknownValue, Wait,
};
"#;
