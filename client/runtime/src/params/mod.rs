//! What requests take as parameters.

mod clearable;
mod either;
mod list_params;
mod object_params;
mod range;

pub use clearable::Clearable;
pub use either::Either;
pub use list_params::{Direction, ListParams};
pub use range::RangeQuery;
