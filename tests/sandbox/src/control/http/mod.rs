//! The control handle over HTTP, below `/_sandbox`.

mod call;
mod fields;
mod list;
mod read;
mod show;

pub(crate) use self::call::handle;
pub(crate) use self::list::PREFIX;
