//! What the `lib.rs` of a crate exports that was generated when the seam had grown.

#[cfg(feature = "schemars")]
pub use crate::quay::schemas;
pub use crate::quay::{API_VERSION, Client, ClientBuilder, params, requests, types};
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
