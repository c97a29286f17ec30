//! What requests take as parameters.

mod clearable;
mod either;
mod json_params;
mod list_params;
mod object_params;
mod pairs;
mod query_params;
mod range;
mod raw;

pub use clearable::Clearable;
pub use either::Either;
pub use json_params::{JsonField, json_field};
pub use list_params::{Direction, ListParams};
pub use query_params::QueryParams;
pub use range::RangeQuery;
