//! The HTTP side: connections, who may ask, and bytes in and out.

mod accept;
mod body;
mod connection;
mod cors;
mod guard;
mod handle;

pub(crate) use self::accept::serve;
pub(crate) use self::guard::Guard;
