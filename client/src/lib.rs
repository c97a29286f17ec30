//! Client for Stripe's Financial Connections API.

mod attempt;
mod backoff;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod builder;
mod call;
mod clearable;
mod client;
mod clock;
mod currency;
mod decode;
mod error;
mod exchange;
mod expandable;
mod extra;
mod form;
#[rustfmt::skip]
mod generated;
mod headers;
mod id;
mod idempotency;
mod items;
mod json_path;
mod key;
mod lenient;
mod list;
mod listing;
mod object;
mod open_enum;
mod operation;
mod options;
mod pages;
mod parameters;
mod path;
mod poll;
mod random;
mod range;
mod raw;
mod raw_json;
mod request;
mod response;
mod retry;
#[cfg(feature = "schemars")]
mod schema;
mod support;
mod task;
mod text;
mod timestamp;
mod trace;
mod walk;
#[cfg(feature = "webhook")]
pub mod webhook;

#[cfg(feature = "blocking")]
pub use blocking::BlockingIter;
pub use builder::ClientBuilder;
pub use clearable::Clearable;
pub use client::Client;
pub use clock::{Clock, SystemClock, Wait};
pub use currency::{Amounts, Currency};
pub use error::{ApiError, Error};
pub use expandable::Expandable;
pub use extra::Extra;
#[cfg(feature = "schemars")]
pub use generated::schemas;
pub use generated::{API_VERSION, params, requests, types};
pub use idempotency::IdempotencyKey;
pub use items::ItemStream;
pub use key::SecretKey;
pub use lenient::{Lenient, RawItem};
pub use list::List;
pub use listing::Listing;
pub use open_enum::UnknownValue;
pub use operation::Method;
pub use pages::{Page, PageStream};
pub use parameters::Listed;
pub use poll::{Poll, RefreshAndWait, RefreshOutcome, Refreshed, RefreshedFuture};
pub use random::{Random, SystemRandom};
pub use range::RangeQuery;
pub use raw::RawRequest;
pub use raw_json::RawJson;
pub use request::ResponseFuture;
pub use response::Response;
pub use timestamp::Timestamp;
