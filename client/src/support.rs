//! The one module that generated code reaches: what it needs of the runtime, and nothing else.

pub(crate) use crate::call::Call;
pub(crate) use crate::clearable::Clearable;
pub(crate) use crate::client::Client;
pub(crate) use crate::currency::{Amounts, Currency};
pub(crate) use crate::expandable::Expandable;
pub(crate) use crate::extra::Extra;
pub(crate) use crate::id::id;
pub(crate) use crate::list::List;
pub(crate) use crate::listing::list_request;
pub(crate) use crate::object::object;
pub(crate) use crate::open_enum::{UnknownValue, open_enum};
pub(crate) use crate::operation::{Method, Operation};
pub(crate) use crate::parameters::{Listed, list_params, params};
pub(crate) use crate::range::RangeQuery;
pub(crate) use crate::raw_json::RawJson;
pub(crate) use crate::request::request;
#[cfg(feature = "schemars")]
pub(crate) use crate::schema::schemas;
pub(crate) use crate::timestamp::Timestamp;
