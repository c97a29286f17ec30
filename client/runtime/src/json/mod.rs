//! JSON: decoding, and the path of the value at which decoding stopped.

mod decode;
mod fields;
mod path;

pub(crate) use decode::{decode, ends_early};
pub(crate) use fields::Fields;
pub(crate) use path::path_at;
