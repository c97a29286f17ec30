// regen: begin (replaced when the crate is generated again; the rest of the file is yours)
//! Client for a part of Stripe's API: `stripe-second-slice`.
//!
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
// regen: end
