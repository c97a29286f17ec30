//! Client for Stripe's Financial Connections API.

mod clearable;
mod currency;
mod expandable;
mod extra;
mod form;
mod id;
mod list;
mod object;
mod open_enum;
mod params;
mod range;
mod raw_json;
#[cfg(feature = "schemars")]
mod schema;
mod support;
mod text;
mod timestamp;

pub use clearable::Clearable;
pub use currency::{Amounts, Currency};
pub use expandable::Expandable;
pub use extra::Extra;
pub use list::List;
pub use open_enum::UnknownValue;
pub use range::RangeQuery;
pub use raw_json::RawJson;
pub use timestamp::Timestamp;
