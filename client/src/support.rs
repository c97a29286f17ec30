//! The one module that generated code reaches: what it needs of the runtime, and nothing else.

pub(crate) use crate::clearable::Clearable;
pub(crate) use crate::currency::{Amounts, Currency};
pub(crate) use crate::expandable::Expandable;
pub(crate) use crate::extra::Extra;
pub(crate) use crate::id::id;
pub(crate) use crate::list::List;
pub(crate) use crate::object::object;
pub(crate) use crate::open_enum::{UnknownValue, open_enum};
pub(crate) use crate::params::{Listed, list_params, params};
pub(crate) use crate::range::RangeQuery;
pub(crate) use crate::raw_json::RawJson;
pub(crate) use crate::timestamp::Timestamp;
