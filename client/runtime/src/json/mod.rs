//! JSON: decoding, and the path of the value at which decoding stopped.

mod decode;
mod path;

pub(crate) use decode::{decode, ends_early};
pub(crate) use path::path_at;
