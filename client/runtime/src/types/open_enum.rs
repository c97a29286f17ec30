//! Open enums: unknown wire values round-trip through `UnknownValue`.

use std::fmt;

/// A value that this version of the library does not know, as the API sent it.
///
/// It cannot be made from outside, so that a value which a later version knows by name is never met
/// in this form: compare with [`as_str`](Self::as_str) of the enum, and the comparison still holds
/// after such an update.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(
    // Boxed twice to be one word: an account has about twenty enum fields, almost never unknown.
    Box<Box<str>>,
);

/// A value that is known to be unknown. Only the conversions of an enum make one.
pub fn unknown_value(text: &str) -> UnknownValue {
    UnknownValue(Box::new(text.into()))
}

impl UnknownValue {
    /// The value as the API writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Implements the conversions of an enum that has `KNOWN` and `as_str`, and whose last variant is
/// `UnknownValue`.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_open_enum_v1 {
    ($name:ident { $( $variant:ident = $text:literal ),* $(,)? }) => {
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$variant, )*
                    _ => Self::UnknownValue($crate::codegen::v1::unknown_value(text)),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $( Self::$variant => f.write_str(stringify!($variant)), )*
                    Self::UnknownValue(value) => f.debug_tuple("UnknownValue").field(value).finish(),
                }
            }
        }

        $crate::codegen::v1::schema!($name, _generator =>
            $crate::codegen::v1::open_enum_schema(Self::KNOWN));

        $crate::codegen::v1::text!($name);
    };
}
