//! The types that every part of the API has in common.

mod api_object;
mod context;
mod currency;
mod expandable;
mod extra;
mod id;
mod list;
mod listed;
mod object;
mod open_enum;
mod raw_json;
mod text;
mod timestamp;
mod union;
mod verbatim;

pub use api_object::ApiObject;
pub use context::StripeContext;
pub use currency::{Amounts, Currency};
pub use expandable::Expandable;
pub use extra::{Extra, insert, insert_null, insert_unknown, is_null, write_unknown};
pub use list::List;
pub use listed::Listed;
pub use object::{Key, Named, Redacted};
pub use open_enum::{UnknownValue, unknown_value};
pub use raw_json::RawJson;
pub use text::{TextVisitor, escaped};
pub use timestamp::Timestamp;
pub use union::kind;
pub use verbatim::Verbatim;
#[cfg(feature = "webhook")]
pub(crate) use verbatim::is_exact;
