//! The HTTP side.

mod connection;
mod serve;

pub(crate) use self::serve::serve;
