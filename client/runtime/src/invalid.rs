//! Values that cannot be used.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A key, an address or an option that cannot be used, found before anything is sent.
///
/// The message names what is wrong and what to change, and never repeats the value. `?` turns it
/// into the [`Error`](crate::Error) of a request, for which
/// [`is_usage`](crate::Error::is_usage) then holds.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidValue(Cow<'static, str>);

impl InvalidValue {
    pub(crate) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    pub(crate) fn into_message(self) -> Cow<'static, str> {
        self.0
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InvalidValue").field(&self.0).finish()
    }
}

impl Error for InvalidValue {}
