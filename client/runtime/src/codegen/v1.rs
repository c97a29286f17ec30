//! Version 1 of the seam.

pub use std::collections::BTreeMap;

pub use bytes::Bytes;
#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;
pub use serde_json::{self, Number};

pub use crate::__stripe_id_v1 as id;
pub use crate::__stripe_json_params_v1 as json_params;
pub use crate::__stripe_list_params_v1 as list_params;
pub use crate::__stripe_object_v1 as object;
pub use crate::__stripe_open_enum_v1 as open_enum;
pub use crate::__stripe_params_v1 as params;
pub use crate::__stripe_query_params_v1 as query_params;
pub use crate::__stripe_schema_v1 as schema;
pub use crate::__stripe_search_params_v1 as search_params;
pub use crate::__stripe_text_v1 as text;
pub use crate::__stripe_union_v1 as union;
pub use crate::api_client::ApiClient;
pub use crate::client::{Client, ClientBuilder};
pub use crate::error::Error;
pub use crate::form::{Encode, Form, field_owns, first_name};
pub use crate::options::{IdempotencyKey, RequestOptions, SecretKey};
pub use crate::paging::{ItemStream, Lenient, Listing, PageStream, list_request};
pub use crate::params::{
    Clearable, Direction, Either, JsonField, ListParams, QueryParams, RangeQuery, json_field,
};
pub use crate::poll::Poller;
pub use crate::protocol::{Method, Operation, Service};
pub use crate::raw_request::{RawOperations, RawRequest, raw};
pub use crate::request::{Content, ContentFuture, Response, ResponseFuture, send, send_content};
#[cfg(feature = "blocking")]
pub use crate::request::{send_blocking, send_content_blocking};
#[cfg(feature = "schemars")]
pub use crate::schema::{
    ObjectSchema, any_of_schema, field_schema, id_schema, named_schema, open_enum_schema,
};
pub use crate::sealed::Sealed;
pub use crate::transport::Call;
#[cfg(feature = "blocking")]
pub use crate::transport::blocking::wait;
pub use crate::types::{
    Amounts, ApiObject, Currency, Expandable, Extra, Key, List, Listed, Named, RawJson, Redacted,
    TextVisitor, Timestamp, UnknownValue, Verbatim, escaped, insert, insert_null, insert_unknown,
    is_null, kind, unknown_value, write_unknown,
};
